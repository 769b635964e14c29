package dev.lakehouse.schemas.table;

import dev.lakehouse.schemas.config.CatalogConfig;
import dev.lakehouse.schemas.name.DatasetName;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.util.LocationUtil;

/** The one door to the Iceberg catalog. Safe for use by many threads. */
public final class LakeCatalog implements AutoCloseable {
  private final Catalog catalog;
  private final String warehouse;
  private final Map<String, String> properties;

  private LakeCatalog(Catalog catalog, String warehouse, Map<String, String> properties) {
    this.catalog = catalog;
    this.warehouse = LocationUtil.stripTrailingSlash(warehouse);
    this.properties = Map.copyOf(properties);
  }

  /**
   * Opens the configured catalog and makes sure that its namespaces exist.
   *
   * @param config with its addresses known
   */
  public static LakeCatalog open(CatalogConfig config) {
    Map<String, String> properties = new HashMap<>();
    properties.put(CatalogProperties.URI, config.uri());
    properties.put(CatalogProperties.WAREHOUSE_LOCATION, config.warehouse());
    properties.put(CatalogProperties.FILE_IO_IMPL, LocalFileIO.class.getName());
    if (config.uri().startsWith("jdbc:")) {
      properties.put("jdbc.schema-version", "V1");
      // A table in a namespace that does not exist would be in no list.
      properties.put("jdbc.strict-mode", "true");
    }
    if (config.uri().startsWith("jdbc:sqlite:")) {
      properties.put("jdbc.busy_timeout", "30000");
      properties.put("jdbc.journal_mode", "WAL");
      properties.put("jdbc.synchronous", "FULL");
      // One writer at a time is SQLite's nature; a second connection lets readers go on beside it.
      properties.put("clients", "2");
    }
    properties.putAll(config.properties());
    Catalog catalog =
        CatalogUtil.loadCatalog(config.implementation(), "lakehouse", properties, null);
    SupportsNamespaces namespaces = (SupportsNamespaces) catalog;
    if (!namespaces.namespaceExists(TableNames.LAKE)) {
      try {
        namespaces.createNamespace(TableNames.LAKE);
      } catch (AlreadyExistsException raced) {
        // Another process made it a moment ago, which is as good.
        return new LakeCatalog(catalog, config.warehouse(), properties);
      }
    }
    return new LakeCatalog(catalog, config.warehouse(), properties);
  }

  /** The catalog itself, for creating, dropping and registering tables. */
  public Catalog catalog() {
    return catalog;
  }

  /** The namespaces of the catalog. */
  public SupportsNamespaces namespaces() {
    return (SupportsNamespaces) catalog;
  }

  /** The dataset's table at its newest state, or empty if there is none. */
  public Optional<Table> table(DatasetName dataset) {
    try {
      return Optional.of(catalog.loadTable(TableNames.of(dataset)));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  /**
   * A table to be made for the dataset, in a directory that no other table has or will have, so
   * that a renamed table and a new one of its former name do not share theirs, and a dropped
   * table's files can be deleted as a whole.
   */
  public Catalog.TableBuilder newTable(DatasetName dataset, Schema schema) {
    Catalog.TableBuilder table = catalog.buildTable(TableNames.of(dataset), schema);
    return warehouse.isEmpty()
        ? table
        : table.withLocation(
            String.join("/", warehouse, TableNames.LAKE.toString(), dataset.value())
                + "-"
                + UUID.randomUUID());
  }

  /** The files of the warehouse, for those of tables that are no more; its caller closes it. */
  public FileIO files() {
    return CatalogUtil.loadFileIO(
        properties.getOrDefault(CatalogProperties.FILE_IO_IMPL, LocalFileIO.class.getName()),
        properties,
        null);
  }

  /** The datasets that have a table, by name. */
  public List<DatasetName> datasets() {
    return catalog.listTables(TableNames.LAKE).stream()
        .map(TableIdentifier::name)
        .filter(DatasetName::isLegal)
        .sorted()
        .map(DatasetName::new)
        .toList();
  }

  @Override
  public void close() {
    if (catalog instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
