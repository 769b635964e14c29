/** Tests of the whole service over real Iceberg tables; {@link dev.lakehouse.query.Lake} first. */
@NullMarked
package dev.lakehouse.query;

import org.jspecify.annotations.NullMarked;
