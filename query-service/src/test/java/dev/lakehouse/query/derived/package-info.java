/** Derived tables: how values travel, when a refresh is due, and which state a table shows. */
@org.jspecify.annotations.NullMarked
package dev.lakehouse.query.derived;
