/**
 * POST /query/sql: admission, deadlines, cancellation, and answers as JSON, NDJSON, CSV or Arrow.
 * Start at {@link dev.lakehouse.query.sql.SqlRoutes}.
 */
@NullMarked
package dev.lakehouse.query.sql;

import org.jspecify.annotations.NullMarked;
