package dev.lakehouse.query.iceberg;

import dev.lakehouse.schemas.table.LocalFileIO;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.CatalogTests;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's own test-suite of catalogs, by Iceberg's own REST client through the door. */
class CatalogSuiteIT extends CatalogTests<RESTCatalog> {
  @TempDir Path dir;
  private final List<RESTCatalog> opened = new ArrayList<>();
  private CatalogServer server;
  private RESTCatalog catalog;

  @BeforeEach
  void start() {
    server = new CatalogServer(dir, false);
    server.behind.namespaces().dropNamespace(dev.lakehouse.schemas.table.TableNames.LAKE);
    catalog = initCatalog("door", Map.of());
  }

  @AfterEach
  void end() throws IOException {
    for (RESTCatalog each : opened) {
      each.close();
    }
    server.close();
  }

  @Override
  protected RESTCatalog catalog() {
    return catalog;
  }

  @Override
  protected RESTCatalog initCatalog(String name, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>();
    properties.put(CatalogProperties.URI, server.uri("").toString());
    properties.put(CatalogProperties.FILE_IO_IMPL, LocalFileIO.class.getName());
    properties.putAll(more);
    RESTCatalog made = new RESTCatalog();
    made.initialize(name, properties);
    opened.add(made);
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

  @Override
  protected boolean requiresNamespaceCreate() {
    return true;
  }

  @Override
  protected boolean supportsServerSideRetry() {
    return true;
  }
}
