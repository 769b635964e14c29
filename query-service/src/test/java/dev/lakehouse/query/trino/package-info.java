/** Trino itself, started for tests, beside DuckDB on the same tables. */
@NullMarked
package dev.lakehouse.query.trino;

import org.jspecify.annotations.NullMarked;
