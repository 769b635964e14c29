/** Tests of temporary files. */
@NullMarked
package dev.lakehouse.ingest.scratch;

import org.jspecify.annotations.NullMarked;
