@NullMarked
package dev.lakehouse.ingest.columnar;

import org.jspecify.annotations.NullMarked;
