package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.embedded.FreePort;
import dev.lakehouse.local.client.ApiClient;
import dev.lakehouse.local.client.ApiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two lakehouses on one machine, the second behind keys. */
class NeighboursIT {
  private static final String KEY = "a-key-of-twenty-chars";

  @TempDir static Path dir;

  private static LakehouseProcess one;
  private static LakehouseProcess two;

  @BeforeAll
  static void start() throws IOException {
    Path config =
        Files.writeString(
            dir.resolve("lakehouse.toml"),
            "[auth]\nenabled = true\n[auth.keys]\nadmin = \"" + KEY + "\"\n");
    one = LakehouseProcess.up(dir.resolve("one"));
    two = LakehouseProcess.up(dir.resolve("two"), "--config=" + config);
  }

  @AfterAll
  static void stop() {
    for (LakehouseProcess started : new LakehouseProcess[] {one, two}) {
      if (started != null) {
        started.close();
      }
    }
  }

  @Test
  void eachHasItsOwnTables() throws Exception {
    Path left = Files.writeString(dir.resolve("left.csv"), "a\n1\n");
    Path right = Files.writeString(dir.resolve("right.csv"), "a\n1\n2\n");
    ApiClient withKey = new ApiClient(two.url(), KEY);
    LandedRows.upload(one.client(), left);
    LandedRows.upload(withKey, right);

    assertThat(LandedRows.one(one.client(), "SELECT count(*) FROM lake.\"left\""))
        .containsExactly("1");
    assertThat(LandedRows.one(withKey, "SELECT count(*) FROM lake.\"right\"")).containsExactly("2");
    assertThatThrownBy(() -> withKey.sql("SELECT count(*) FROM lake.\"left\""))
        .isInstanceOf(ApiException.class);
    assertThat(one.ports().values()).doesNotContainAnyElementsOf(two.ports().values());
    assertThatThrownBy(() -> two.client().sql("SELECT 1")).hasMessageContaining("X-API-Key");
    assertThatThrownBy(() -> new ApiClient(two.url(), "a-key-that-nobody-has").status())
        .hasMessageContaining("X-API-Key");
  }

  /** Flink's own server would run any jar that is sent to it, and asks nobody for a key. */
  @Test
  void noDoorBesideTheDoorSpeaksHttp() throws IOException {
    int door = two.ports().getOrDefault("http", 0);
    for (String request :
        new String[] {
          "GET /overview", "GET /config", "POST /jobs", "POST /jars/upload", "OPTIONS /jobs"
        }) {
      for (Sockets.Listening each : Sockets.of(two.pid())) {
        String answer = Sockets.answer(each.port(), request);
        if (each.port() == door) {
          assertThat(answer).as(request).containsPattern("^HTTP/1.1 4\\d\\d");
        } else {
          assertThat(answer).as("port %d on %s", each.port(), request).doesNotContain("HTTP");
        }
      }
    }
  }

  @Test
  void downOnAPortStopsThatOneOnly() throws IOException {
    Path third = dir.resolve("third");
    try (LakehouseProcess other = LakehouseProcess.up(third)) {
      int port = other.ports().getOrDefault("http", 0);

      LakehouseProcess.Ended nobody = down(FreePort.pick());
      LakehouseProcess.Ended locked = down(two.ports().getOrDefault("http", 0));
      LakehouseProcess.Ended stopped = down(port);

      assertThat(nobody.status()).isZero();
      assertThat(nobody.said()).contains("No lakehouse runs on port");
      assertThat(locked.status()).isEqualTo(1);
      assertThat(locked.said()).contains("X-API-Key");
      assertThat(stopped.status()).isZero();
      assertThat(stopped.said()).contains("Stopped the lakehouse on " + third);
      assertThat(other.awaitEnd()).isEqualTo(143);
    }
    assertThat(one.client().status().pid()).isEqualTo(one.pid());
    assertThat(new ApiClient(two.url(), KEY).status().pid()).isEqualTo(two.pid());
  }

  /** As if the first one's directory were the configured one. */
  private static LakehouseProcess.Ended down(int port) {
    return LakehouseProcess.run(
        dir.resolve("run"),
        Map.of("LAKEHOUSE_DATA_DIR", dir.resolve("one").toString()),
        "down",
        "--port=" + port);
  }
}
