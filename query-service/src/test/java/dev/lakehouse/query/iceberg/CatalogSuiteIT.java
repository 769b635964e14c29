package dev.lakehouse.query.iceberg;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.schemas.table.LocalFileIO;
import dev.lakehouse.schemas.table.TableNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.catalog.CatalogTests;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Iceberg's own test-suite of catalogs, by Iceberg's own REST client through the door to a catalog
 * in SQLite. What the catalog behind cannot do is said in the methods {@code supports…}.
 */
class CatalogSuiteIT extends CatalogTests<RESTCatalog> {
  /** What the suite expects a catalog to be configured with. */
  private static final Map<String, String> CONFIGURED =
      Map.of(
          "table-default.default-key1", "catalog-default-key1",
          "table-default.default-key2", "catalog-default-key2",
          "table-default.override-key3", "catalog-default-key3",
          "table-override.override-key3", "catalog-override-key3",
          "table-override.override-key4", "catalog-override-key4");

  @TempDir Path dir;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private CatalogServer server;
  private RESTCatalog catalog;

  @BeforeEach
  void start() {
    server = serve(dir, Map.of());
    catalog = initCatalog("door", Map.of());
  }

  @AfterEach
  void end() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  private CatalogServer serve(Path directory, Map<String, String> properties) {
    CatalogServer made = new CatalogServer(directory, false, properties);
    opened.push(made);
    made.behind.namespaces().dropNamespace(TableNames.LAKE);
    return made;
  }

  @Override
  protected RESTCatalog catalog() {
    return catalog;
  }

  /** Where tables lie is up to the server, so what says so is given to one. */
  @Override
  protected RESTCatalog initCatalog(String name, Map<String, String> more) {
    CatalogServer at = server;
    if (more.containsKey(CatalogProperties.UNIQUE_TABLE_LOCATION)) {
      try {
        at = serve(Files.createDirectories(dir.resolve(name)), more);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Map<String, String> properties = new HashMap<>(CONFIGURED);
    properties.put(CatalogProperties.URI, at.uri("").toString());
    properties.put(CatalogProperties.FILE_IO_IMPL, LocalFileIO.class.getName());
    properties.putAll(more);
    RESTCatalog made = new RESTCatalog();
    made.initialize(name, properties);
    opened.push(made);
    return made;
  }

  /** The door refuses tables outside of the warehouse. */
  @Override
  protected String baseTableLocation(TableIdentifier table) {
    return server.warehouse() + "/" + table.namespace() + "/" + table.name();
  }

  @Override
  protected boolean supportsNestedNamespaces() {
    return true;
  }

  /** A JDBC catalog keeps a namespace's levels with dots between them. */
  @Override
  protected boolean supportsNamesWithDot() {
    return false;
  }

  @Override
  protected boolean requiresNamespaceCreate() {
    return true;
  }

  @Override
  protected boolean supportsServerSideRetry() {
    return true;
  }

  /** As the suite's own, but for the words, which are those of the file system. */
  @Test
  @Override
  public void testLoadTableWithMissingMetadataFile(@TempDir Path unused) throws IOException {
    catalog.createNamespace(TBL.namespace());
    var table = catalog.buildTable(TBL, SCHEMA).create();
    String metadata = ((HasTableOperations) table).operations().current().metadataFileLocation();
    table.io().deleteFile(metadata);
    assertThatThrownBy(() -> catalog.loadTable(TBL))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(LocalFileIO.path(metadata).toString());
  }
}
