/**
 * POST /query/sql: admission, deadlines, cancellation, and answers as JSON, NDJSON or CSV. Start at
 * {@link dev.lakehouse.query.sql.SqlRoutes}.
 */
@NullMarked
package dev.lakehouse.query.sql;

import org.jspecify.annotations.NullMarked;
