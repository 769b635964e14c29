package dev.lakehouse.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.embedded.StandaloneFlink;
import dev.lakehouse.local.client.Answers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Flink may be somebody else's: the landing job is brought there, once, and looked after. */
class ExternalFlinkIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path dir;

  @Test
  void theJobIsSubmittedOnceAndAgainWhenItIsGone() throws Exception {
    Path data = dir.resolve("data");
    try (StandaloneFlink flink = StandaloneFlink.start(dir.resolve("flink"))) {
      String first;
      int port;
      try (LakehouseProcess lakehouse = up(data, flink.url(), 0)) {
        port = lakehouse.ports().getOrDefault("http", 0);
        first = awaitRunning(lakehouse, flink.url());
        LandedRows.upload(
            lakehouse.client(), Files.writeString(dir.resolve("before.csv"), "id\n1\n2\n"));
        assertThat(LandedRows.one(lakehouse.client(), "SELECT sum(id) FROM before"))
            .containsExactly("3");
      }
      assertThat(running(flink.url())).as("it goes on without us").containsExactly(first);

      try (LakehouseProcess lakehouse = up(data, flink.url(), port)) {
        assertThat(awaitRunning(lakehouse, flink.url())).isEqualTo(first);

        cancel(flink.url(), first);
        String second = awaitRunning(lakehouse, flink.url());

        assertThat(second).isNotEqualTo(first);
        LandedRows.upload(
            lakehouse.client(), Files.writeString(dir.resolve("after.csv"), "id\n3\n4\n"));
        assertThat(LandedRows.one(lakehouse.client(), "SELECT sum(id) FROM after"))
            .containsExactly("7");
        assertThat(get(flink.url(), "/jars").get("files")).as("uploaded once").hasSize(1);
      }
    }
  }

  @Test
  void withoutTheClusterItTakesInAndSaysThatNothingLands() {
    URI nowhere = URI.create("http://127.0.0.1:1");
    try (LakehouseProcess lakehouse =
        LakehouseProcess.up(
            dir.resolve("alone"),
            Map.of(
                "LAKEHOUSE_FLINK_URL",
                nowhere.toString(),
                "LAKEHOUSE_LANDING_STALLED_AFTER",
                "2s"))) {
      lakehouse.client().events("waiting", "application/json", "[{\"id\":1}]".getBytes(UTF_8), "1");

      assertThat(component(lakehouse, "flink").status()).isEqualTo("down");
      assertThat(component(lakehouse, "flink").detail()).contains(nowhere + " does not answer");
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                Answers.Status status = lakehouse.client().status();
                assertThat(status.health().status()).isEqualTo("degraded");
                assertThat(component(lakehouse, "landing").status()).isEqualTo("down");
                assertThat(component(lakehouse, "landing").detail())
                    .contains("nothing is committed to waiting");
                assertThat(status.datasets())
                    .singleElement()
                    .satisfies(waiting -> assertThat(waiting.behind()).isPositive());
              });
    }
  }

  private static LakehouseProcess up(Path data, URI flink, int port) {
    return LakehouseProcess.up(
        data, Map.of("LAKEHOUSE_FLINK_URL", flink.toString()), "--port=" + port);
  }

  private static Answers.Component component(LakehouseProcess lakehouse, String name) {
    Answers.Component found = lakehouse.client().status().health().components().get(name);
    if (found == null) {
      throw new AssertionError("health does not know " + name);
    }
    return found;
  }

  /** The id of the one job that lands, once health says that it and the upkeep run. */
  private static String awaitRunning(LakehouseProcess lakehouse, URI flink) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              assertThat(running(flink)).hasSize(1);
              assertThat(component(lakehouse, "flink").status()).isEqualTo("up");
              assertThat(component(lakehouse, "maintain").status()).isEqualTo("up");
              assertThat(component(lakehouse, "flink").detail())
                  .contains(running(flink).get(0), "RUNNING");
            });
    return running(flink).get(0);
  }

  private static List<String> running(URI flink) {
    List<String> ids = new ArrayList<>();
    for (JsonNode job : get(flink, "/jobs/overview").get("jobs")) {
      if (job.get("name").asText().startsWith("land-")
          && !List.of("CANCELED", "FAILED", "FINISHED").contains(job.get("state").asText())) {
        ids.add(job.get("jid").asText());
      }
    }
    return ids;
  }

  private static void cancel(URI flink, String job) {
    send(
        HttpRequest.newBuilder(flink.resolve("/jobs/" + job + "?mode=cancel"))
            .method("PATCH", BodyPublishers.noBody()));
  }

  private static JsonNode get(URI flink, String path) {
    try {
      return new ObjectMapper().readTree(send(HttpRequest.newBuilder(flink.resolve(path))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String send(HttpRequest.Builder request) {
    try {
      return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString(UTF_8)).body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
