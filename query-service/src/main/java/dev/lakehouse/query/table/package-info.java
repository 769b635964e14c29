/**
 * Iceberg tables as queries see them: the newest snapshot, its columns and its files. Knows neither
 * SQL nor an engine. Start at {@link dev.lakehouse.query.table.LakeTables}.
 */
@NullMarked
package dev.lakehouse.query.table;

import org.jspecify.annotations.NullMarked;
