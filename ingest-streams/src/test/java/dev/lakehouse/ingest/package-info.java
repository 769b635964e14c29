/** Tests of ingest on a real broker, a real registry and real HTTP. */
@NullMarked
package dev.lakehouse.ingest;

import org.jspecify.annotations.NullMarked;
