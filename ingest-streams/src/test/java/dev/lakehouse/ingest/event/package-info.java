/** Tests of the package of the same name. */
@NullMarked
package dev.lakehouse.ingest.event;

import org.jspecify.annotations.NullMarked;
