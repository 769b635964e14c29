/**
 * Tables: their names, metadata columns, the offsets they record, and the one door to the Iceberg
 * catalog. Start at {@link dev.lakehouse.schemas.table.LakeCatalog}.
 */
@NullMarked
package dev.lakehouse.schemas.table;

import org.jspecify.annotations.NullMarked;
