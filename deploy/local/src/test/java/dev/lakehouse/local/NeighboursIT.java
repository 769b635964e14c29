package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.local.client.ApiClient;
import dev.lakehouse.local.client.ApiException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two lakehouses on one machine, the second behind keys. */
class NeighboursIT {
  private static final String KEY = "a-key-of-twenty-chars";

  @TempDir Path dir;

  @Test
  void eachHasItsOwnTables() throws Exception {
    Path config =
        Files.writeString(
            dir.resolve("lakehouse.toml"),
            "[auth]\nenabled = true\n[auth.keys]\nanna = \"" + KEY + "\"\n");
    Path left = Files.writeString(dir.resolve("left.csv"), "a\n1\n");
    Path right = Files.writeString(dir.resolve("right.csv"), "a\n1\n2\n");
    try (LakehouseProcess one = LakehouseProcess.up(dir.resolve("one"));
        LakehouseProcess two = LakehouseProcess.up(dir.resolve("two"), "--config=" + config)) {
      ApiClient withKey = new ApiClient(two.url(), KEY);
      LandedRows.upload(one.client(), left);
      LandedRows.upload(withKey, right);

      assertThat(LandedRows.one(one.client(), "SELECT count(*) FROM lake.\"left\""))
          .containsExactly("1");
      assertThat(LandedRows.one(withKey, "SELECT count(*) FROM lake.\"right\""))
          .containsExactly("2");
      assertThatThrownBy(() -> withKey.sql("SELECT count(*) FROM lake.\"left\""))
          .isInstanceOf(ApiException.class);
      assertThat(one.ports().values()).doesNotContainAnyElementsOf(two.ports().values());
      assertThatThrownBy(() -> two.client().sql("SELECT 1")).hasMessageContaining("X-API-Key");
      assertThatThrownBy(() -> new ApiClient(two.url(), "a-key-that-nobody-has").status())
          .hasMessageContaining("X-API-Key");
    }
  }
}
