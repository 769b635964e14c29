/** Tests of the package of the same name. */
@NullMarked
package dev.lakehouse.ingest.store;

import org.jspecify.annotations.NullMarked;
