/**
 * The engine port over Trino: the dialect's tree is resolved against the tables' columns, typed and
 * written in Trino's words, so that it answers as DuckDB does or is refused. Uses guard, table and
 * engine. Start at {@link dev.lakehouse.query.trino.TrinoEngine}; a query's way into words at
 * {@link dev.lakehouse.query.trino.Translation}.
 */
@NullMarked
package dev.lakehouse.query.trino;

import org.jspecify.annotations.NullMarked;
