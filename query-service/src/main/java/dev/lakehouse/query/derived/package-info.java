/**
 * Datasets that are made of queries: once, when asked, by a schedule, or on the commits of what
 * they read. The rows go the way of all rows, by a topic into a table; each refresh is a
 * generation, and the table itself says which one is shown. Knows the query service and the tables;
 * start at {@link dev.lakehouse.query.derived.DerivedService}.
 */
@NullMarked
package dev.lakehouse.query.derived;

import org.jspecify.annotations.NullMarked;
