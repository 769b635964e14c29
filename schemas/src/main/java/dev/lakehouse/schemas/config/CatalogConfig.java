package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.util.Map;

/**
 * {@code [catalog]}: the Iceberg catalog.
 *
 * @param implementation class of the catalog
 * @param uri its address; empty for SQLite in the data directory
 * @param warehouse where tables are kept; empty for {@code warehouse} in the data directory
 * @param properties as Iceberg names them, from {@code [catalog.properties]}
 */
public record CatalogConfig(
    String implementation, String uri, String warehouse, Map<String, String> properties)
    implements Serializable {
  static CatalogConfig from(Settings settings) {
    return new CatalogConfig(
        settings.text("catalog.implementation", "org.apache.iceberg.jdbc.JdbcCatalog"),
        settings.text("catalog.uri", ""),
        settings.address("catalog.warehouse"),
        settings.map("catalog.properties"));
  }

  /** The same with the addresses known. */
  public CatalogConfig at(String catalogUri, String warehouseUri) {
    return new CatalogConfig(implementation, catalogUri, warehouseUri, properties);
  }
}
