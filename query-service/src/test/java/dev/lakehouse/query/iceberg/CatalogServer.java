package dev.lakehouse.query.iceberg;

import dev.lakehouse.schemas.config.AuthConfig;
import dev.lakehouse.schemas.config.CatalogConfig;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.config.ServerConfig;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.iceberg.IcebergRoutes;
import dev.lakehouse.schemas.table.LakeCatalog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.rest.RESTCatalog;

/** A SQLite catalog in a directory, behind the door, on a free port. */
final class CatalogServer implements AutoCloseable {
  static final String KEY = "a-key-for-the-catalog";

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final LakeCatalog behind;
  private final LakehouseServer server;
  private final String warehouse;

  CatalogServer(Path directory, boolean auth) {
    this(directory, auth, Map.of());
  }

  /** The catalog behind is given these properties, as from the configuration. */
  CatalogServer(Path directory, boolean auth, Map<String, String> properties) {
    this(
        LakehouseConfig.of(
                properties.entrySet().stream()
                    .collect(
                        Collectors.toMap(
                            each -> "catalog.properties." + each.getKey(), Map.Entry::getValue)))
            .catalog()
            .at(
                "jdbc:sqlite:" + directory.resolve("catalog.db"),
                "file:" + directory.resolve("warehouse")),
        auth);
  }

  CatalogServer(CatalogConfig config, boolean auth) {
    warehouse = config.warehouse();
    behind = LakeCatalog.open(config);
    server =
        LakehouseServer.start(
            new ServerConfig("127.0.0.1", 0),
            new AuthConfig(auth, Map.of("flink", KEY)),
            List.of(new IcebergRoutes(behind, warehouse, new CatalogMetrics(meters))));
  }

  String warehouse() {
    return warehouse;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + IcebergRoutes.PATH + path);
  }

  /** How a client is configured that comes in by the door. */
  CatalogConfig client(Map<String, String> properties) {
    return new CatalogConfig(
        RESTCatalog.class.getName(), uri("").toString(), warehouse, properties);
  }

  @Override
  public void close() {
    server.close();
    behind.close();
  }
}
