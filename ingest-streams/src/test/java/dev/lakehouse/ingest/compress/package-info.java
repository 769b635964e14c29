/** Tests of what is taken off compressed files. */
@NullMarked
package dev.lakehouse.ingest.compress;

import org.jspecify.annotations.NullMarked;
