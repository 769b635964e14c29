package dev.lakehouse.jobs;

import dev.lakehouse.schemas.config.AuthConfig;
import dev.lakehouse.schemas.config.CatalogConfig;
import dev.lakehouse.schemas.config.ServerConfig;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.iceberg.IcebergRoutes;
import dev.lakehouse.schemas.table.LakeCatalog;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.rest.RESTCatalog;

/** A catalog behind the REST protocol, as the query service serves it. */
public final class Door implements AutoCloseable {
  private static final String KEY = "the-key-of-the-landing-job";

  private final LakeCatalog behind;
  private final LakehouseServer server;

  /**
   * @param port 0 picks a free one
   */
  public Door(CatalogConfig catalog, int port) {
    behind = LakeCatalog.open(catalog);
    server =
        LakehouseServer.start(
            new ServerConfig("127.0.0.1", port),
            new AuthConfig(true, Map.of("landing", KEY)),
            List.of(
                new IcebergRoutes(behind, catalog.warehouse(), (operation, status, took) -> {})));
  }

  /** How landing is configured to come in by the door of this port. */
  public static CatalogConfig client(int port, CatalogConfig behind) {
    return new CatalogConfig(
        RESTCatalog.class.getName(),
        "http://127.0.0.1:" + port + IcebergRoutes.PATH,
        behind.warehouse(),
        Map.of("token", KEY));
  }

  /** Where it listens. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    behind.close();
  }
}
