/**
 * The Iceberg REST protocol, the server's side: any Iceberg catalog behind HTTP, with Iceberg's own
 * requests, responses and handlers. Clients open it by {@link
 * dev.lakehouse.schemas.table.LakeCatalog}. The query service mounts it; it is kept here, beside
 * the client's side, because the rooms that commit through it are tested against it. Start at
 * {@link dev.lakehouse.schemas.iceberg.IcebergRoutes}.
 */
@NullMarked
package dev.lakehouse.schemas.iceberg;

import org.jspecify.annotations.NullMarked;
