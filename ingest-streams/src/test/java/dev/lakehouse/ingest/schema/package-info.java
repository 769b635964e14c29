/** Tests of the package of the same name. */
@NullMarked
package dev.lakehouse.ingest.schema;

import org.jspecify.annotations.NullMarked;
