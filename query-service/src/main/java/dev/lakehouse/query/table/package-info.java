/**
 * Iceberg tables as queries see them: a snapshot, its columns, its files and what is known of their
 * values. Knows neither SQL nor an engine. Start at {@link dev.lakehouse.query.table.LakeTables}.
 */
@NullMarked
package dev.lakehouse.query.table;

import org.jspecify.annotations.NullMarked;
