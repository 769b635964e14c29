/**
 * The engine port and its implementation, DuckDB in process, locked down. Uses guard and table.
 * Start at {@link dev.lakehouse.query.engine.QueryEngine}.
 */
@NullMarked
package dev.lakehouse.query.engine;

import org.jspecify.annotations.NullMarked;
