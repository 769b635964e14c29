/** Tests of the port, and what tests of formats share. */
@NullMarked
package dev.lakehouse.ingest.format;

import org.jspecify.annotations.NullMarked;
