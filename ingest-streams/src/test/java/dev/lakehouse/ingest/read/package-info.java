/** Tests of how announced files are shared out. */
@NullMarked
package dev.lakehouse.ingest.read;

import org.jspecify.annotations.NullMarked;
