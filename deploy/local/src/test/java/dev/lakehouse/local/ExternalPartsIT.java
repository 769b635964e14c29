package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.embedded.EmbeddedParts;
import dev.lakehouse.schemas.config.LakehouseConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broker and registry may be somebody else's: addresses in the configuration. */
class ExternalPartsIT {
  @TempDir Path dir;

  @Test
  void aBrokerAndARegistryElsewhereAreUsed() throws Exception {
    Path file = Files.writeString(dir.resolve("elsewhere.csv"), "id,name\n1,one\n2,two\n");
    try (EmbeddedParts parts = EmbeddedParts.start(dir.resolve("parts"), Map.of())) {
      LakehouseConfig config = parts.config();
      Path toml =
          Files.writeString(
              dir.resolve("lakehouse.toml"),
              "[kafka]\nbootstrap = \"%s\"\n[registry]\nurl = \"%s\"\n"
                  .formatted(config.kafka().bootstrap(), config.registry().url()));
      Path data = dir.resolve("data");
      try (LakehouseProcess lakehouse = LakehouseProcess.up(data, "--config=" + toml)) {
        assertThat(lakehouse.ports()).containsOnlyKeys("http");
        LandedRows.upload(lakehouse.client(), file);
        assertThat(LandedRows.one(lakehouse.client(), "SELECT sum(id), max(name) FROM elsewhere"))
            .containsExactly("3", "two");
        assertThat(data.resolve("kafka")).doesNotExist();
        assertThat(data.resolve("registry")).doesNotExist();
      }
    }
  }
}
