package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.ApiClient;
import dev.lakehouse.local.client.ApiException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the whole process at random moments of one upload: every row once. */
class KillIT {
  @TempDir Path dir;

  @Test
  void everyRowOnceAfterThreeKills() throws Exception {
    everyRowOnce(200_000, 3, Duration.ofMillis(2500));
  }

  @Test
  @Tag("full")
  void everyRowOnceAfterTwentyKills() throws Exception {
    everyRowOnce(2_000_000, 20, Duration.ofSeconds(4));
  }

  private void everyRowOnce(int rows, int kills, Duration longestLife) throws Exception {
    long seed = Instant.now().toEpochMilli();
    Random random = new Random(seed);
    Path file = write(dir.resolve("rows.csv"), rows);
    Path data = dir.resolve("data");
    for (int kill = 0; kill < kills; kill++) {
      try (LakehouseProcess lakehouse = LakehouseProcess.up(data)) {
        Thread uploading = uploading(lakehouse.client(), file);
        Instant end = Instant.now().plusMillis(random.nextLong(longestLife.toMillis()));
        Awaitility.await()
            .pollInterval(Duration.ofMillis(5))
            .atMost(longestLife.plusSeconds(5))
            .until(() -> Instant.now().isAfter(end));
        lakehouse.killHard();
        uploading.join();
      }
    }
    try (LakehouseProcess lakehouse = LakehouseProcess.up(data)) {
      ApiClient client = lakehouse.client();
      Answers.Accepted accepted = client.upload(file, null, sent -> {});
      String id = accepted.ingestId();
      Awaitility.await()
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> client.ingest(id).isEnded());
      assertThat(client.ingest(id).state()).isEqualTo("done");
      assertThat(
              LandedRows.one(
                  client,
                  "SELECT count(*), count(DISTINCT id), min(id), max(id), count(*) FILTER (WHERE"
                      + " twice = 2 * id AND \"text\" = 'some text that makes the row longer ' ||"
                      + " CAST(id AS VARCHAR)), count(DISTINCT _ingest_id) FROM lake.\"rows\""))
          .as("with seed " + seed)
          .containsExactly("" + rows, "" + rows, "1", "" + rows, "" + rows, "1");
    }
  }

  private static Thread uploading(ApiClient client, Path file) {
    Thread thread =
        new Thread(
            () -> {
              try {
                client.upload(file, null, sent -> {});
              } catch (ApiException | UncheckedIOException cutOff) {
                assertThat(cutOff).isNotNull();
              }
            });
    thread.start();
    return thread;
  }

  private static Path write(Path file, int rows) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("id,twice,text\n");
      for (int row = 1; row <= rows; row++) {
        writer.write(row + "," + 2L * row + ",some text that makes the row longer " + row + "\n");
      }
    }
    return file;
  }
}
