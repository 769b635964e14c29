package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.ApiClient;
import dev.lakehouse.local.client.ApiException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** What tests ask of a running lakehouse again and again. */
final class LandedRows {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private LandedRows() {}

  /** Uploads a file and waits until its rows can be queried. */
  static Answers.Ingest upload(ApiClient client, Path file) {
    return untilEnded(client, client.upload(file, null, sent -> {}).ingestId());
  }

  static Answers.Ingest untilEnded(ApiClient client, String id) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> client.ingest(id), Answers.Ingest::isEnded);
  }

  /** Waits until a table has so many rows, and no other number after that. */
  static void await(ApiClient client, String dataset, long rows) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(count(client, dataset)).isEqualTo(rows));
  }

  private static long count(ApiClient client, String dataset) {
    try {
      return Long.parseLong(one(client, "SELECT count(*) FROM lake." + dataset).get(0));
    } catch (ApiException notThereYet) {
      return -1;
    }
  }

  /** The one row of an answer, as texts. */
  static List<String> one(ApiClient client, String sql) {
    List<List<String>> rows = all(client, sql);
    assertThat(rows).as(sql).hasSize(1);
    return rows.get(0);
  }

  /** All rows of an answer, as texts. */
  static List<List<String>> all(ApiClient client, String sql) {
    return client.sql(sql).rows().stream()
        .map(row -> row.stream().map(value -> value.asText()).toList())
        .toList();
  }
}
