/** Tests of the package of the same name. */
@NullMarked
package dev.lakehouse.ingest.progress;

import org.jspecify.annotations.NullMarked;
