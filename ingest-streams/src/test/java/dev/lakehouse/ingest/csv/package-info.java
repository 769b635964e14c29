/** Tests of the package of the same name. */
@NullMarked
package dev.lakehouse.ingest.csv;

import org.jspecify.annotations.NullMarked;
