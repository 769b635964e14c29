package dev.lakehouse.query.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.schemas.config.CatalogConfig;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.TableNames;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The same catalog kept in PostgreSQL, directly and behind the door. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class PostgresCatalogIT {
  @TempDir Path dir;

  @Test
  void racingWritersLoseNothing() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      CatalogConfig config =
          LakehouseConfig.of(Map.of("catalog.properties.jdbc.user", "postgres"))
              .catalog()
              .at(postgres.getJdbcUrl("postgres", "postgres"), "file:" + dir.resolve("warehouse"));
      try (CatalogServer server = new CatalogServer(config, false);
          LakeCatalog direct = LakeCatalog.open(config)) {
        Race race = new Race(4, 10);
        race.run(server.client(Map.of()), direct);
        direct
            .catalog()
            .renameTable(
                TableNames.of(new DatasetName("races")), TableNames.of(new DatasetName("by_door")));
        race.run(config, server.behind);
        assertThat(direct.datasets())
            .containsExactly(new DatasetName("by_door"), new DatasetName("races"));
      }
    }
  }
}
