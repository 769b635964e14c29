package dev.lakehouse.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.local.client.ApiClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was there is there again, after a stop and after a kill. */
class RestartIT {
  private static final String OFFSETS =
      "SELECT count(*), count(DISTINCT n), min(_kafka_offset), max(_kafka_offset)"
          + " FROM lake.numbers";

  @TempDir Path dir;

  @Test
  void answersStayAndOffsetsContinue() throws Exception {
    Path data = dir.resolve("data");
    Files.writeString(dir.resolve("kept.csv"), "k,v\n1,a\n2,b\n");
    List<List<String>> answer;
    long firstRegistry;
    try (LakehouseProcess first = LakehouseProcess.up(data)) {
      LandedRows.upload(first.client(), dir.resolve("kept.csv"));
      first
          .client()
          .events("numbers", "application/json", "[{\"n\":1},{\"n\":2}]".getBytes(UTF_8), "a");
      LandedRows.await(first.client(), "numbers", 2);
      answer = LandedRows.all(first.client(), "SELECT *, _kafka_offset FROM lake.kept ORDER BY k");
      firstRegistry = first.registryPid();
      assertThat(first.stop()).isEqualTo(143);
      assertThat(ProcessHandle.of(firstRegistry)).isEmpty();
      assertThat(LakehouseProcess.run(dir, Map.of(), "down", "--data-dir=" + data).said())
          .contains("No lakehouse runs on");
    }

    try (LakehouseProcess second = LakehouseProcess.up(data)) {
      assertThat(
              LandedRows.all(second.client(), "SELECT *, _kafka_offset FROM lake.kept ORDER BY k"))
          .isEqualTo(answer);
      second.client().events("numbers", "application/json", "[{\"n\":3}]".getBytes(UTF_8), "b");
      LandedRows.await(second.client(), "numbers", 3);
      List<String> seen = LandedRows.one(second.client(), OFFSETS);
      assertThat(seen.subList(0, 3)).containsExactly("3", "3", "0");
      assertThat(Long.parseLong(seen.get(3))).isGreaterThanOrEqualTo(2);

      DerivedTables derived = new DerivedTables(second.client());
      long shown = halfRefreshed(derived, second.client());
      long left = second.registryPid();
      second.killHard();
      assertThat(ProcessHandle.of(left)).isPresent();

      try (LakehouseProcess third = LakehouseProcess.up(data)) {
        assertThat(ProcessHandle.of(left).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(third.registryPid()).isNotEqualTo(left);
        LandedRows.await(third.client(), "numbers", 5);
        assertThat(LandedRows.one(third.client(), OFFSETS).subList(0, 3))
            .containsExactly("5", "5", "0");
        wholeAtAnyMoment(new DerivedTables(third.client()), shown);
      }
    }
  }

  private static final String BIG =
      "SELECT n, m FROM numbers CROSS JOIN UNNEST(sequence(1, 30000)) AS u(m)";
  private static final String WHOLE =
      "SELECT count(*), count(DISTINCT n * 1000000 + m), count(DISTINCT _ingest_id) FROM big";

  /** A derived table whose second refresh has landed in part. */
  private static long halfRefreshed(DerivedTables derived, ApiClient client) {
    assertThat(
            derived.rows("CREATE MATERIALIZED VIEW big REFRESH EVERY 1 HOUR AS " + BIG).toString())
        .isEqualTo("[[\"big\",\"filled\",\"90000\"]]");
    client.events("numbers", "application/json", "[{\"n\":4},{\"n\":5}]".getBytes(UTF_8), "c");
    LandedRows.await(client, "numbers", 5);
    long landed = recorded(client);
    assertThat(derived.refresh("big").status()).isEqualTo(202);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> recorded(client) > landed);
    assertThat(derived.view("big").get("state").asText()).isEqualTo("refreshing");
    return 90_000;
  }

  private static long recorded(ApiClient client) {
    return client.status().datasets().stream()
        .filter(dataset -> dataset.dataset().equals("big"))
        .mapToLong(dataset -> Long.parseLong(dataset.recorded().replaceFirst("0:", "")))
        .findFirst()
        .orElse(0);
  }

  /** The former rows until the new ones are whole; nothing is asked for, it goes on by itself. */
  private static void wholeAtAnyMoment(DerivedTables derived, long before) {
    String former = "[[\"%d\",\"%d\",\"1\"]]".formatted(before, before);
    String next = "[[\"150000\",\"150000\",\"1\"]]";
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> derived.rows(WHOLE).toString(),
            rows -> {
              assertThat(rows).isIn(former, next);
              return rows.equals(next);
            });
    JsonNode view = derived.await("big", each -> each.path("state").asText().equals("fresh"));
    assertThat(view.get("rows").asLong()).isEqualTo(150_000);
  }
}
