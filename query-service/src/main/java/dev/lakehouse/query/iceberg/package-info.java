/**
 * The Iceberg catalog for programs of others: counts what comes in by the routes of {@link
 * dev.lakehouse.schemas.iceberg.IcebergRoutes}, which hold the protocol.
 */
@NullMarked
package dev.lakehouse.query.iceberg;

import org.jspecify.annotations.NullMarked;
