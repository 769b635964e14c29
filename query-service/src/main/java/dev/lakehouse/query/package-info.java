/**
 * The query service: SQL over Iceberg tables, and the list of datasets. Start at {@link
 * dev.lakehouse.query.QueryService}, which wires one package per capability.
 */
@NullMarked
package dev.lakehouse.query;

import org.jspecify.annotations.NullMarked;
