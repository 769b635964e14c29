package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.local.client.Answers;
import dev.lakehouse.local.client.ApiClient;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A CSV file larger than all memory that the process has, killed in the middle of it, with the JVM
 * of the default stack. {@code -Dlakehouse.test.large-file-mib=200} makes it smaller than 2 GB.
 */
class LargeFileIT {
  private static final long BYTES = Long.getLong("lakehouse.test.large-file-mib", 2048) << 20;

  /** The whole default stack is to stay below 2 GiB, and this is its main process alone. */
  private static final long MOST_RESIDENT_KIB = 2L << 20;

  /** Rows that took each other's place would show in a sum of products with it. */
  private static final int SCATTER = 1009;

  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final Duration PATIENCE = Duration.ofMinutes(40);

  @TempDir Path dir;

  /** What is in the file. */
  private record Written(Path file, long rows, long sum, long scattered) {}

  @Test
  @Tag("full")
  void everyRowOnceInBoundedMemoryAfterThreeKills() throws IOException {
    Written large = write(dir.resolve("large.csv"));
    Path data = dir.resolve("data");
    String id;
    try (LakehouseProcess lakehouse = LakehouseProcess.up(data)) {
      id = lakehouse.client().upload(large.file, null, sent -> {}).ingestId();
      awaitRead(lakehouse.client(), id, 1);
      kill(lakehouse);
    }
    try (LakehouseProcess lakehouse = LakehouseProcess.up(data)) {
      ApiClient client = lakehouse.client();
      awaitRead(client, id, large.rows / 10);
      Path small = Files.writeString(dir.resolve("small.csv"), "id\n1\n2\n3\n");
      LandedRows.upload(client, small);
      assertThat(
              LandedRows.one(
                  client, "SELECT count(*), CAST(sum(id) AS BIGINT) FROM lake.\"small\""))
          .containsExactly("3", "6");
      assertThat(client.ingest(id).state()).isEqualTo("reading");
      kill(lakehouse);
    }
    try (LakehouseProcess lakehouse = LakehouseProcess.up(data)) {
      awaitRead(lakehouse.client(), id, large.rows / 2);
      kill(lakehouse);
    }
    try (LakehouseProcess lakehouse = LakehouseProcess.up(data)) {
      ApiClient client = lakehouse.client();
      Answers.Ingest ended =
          Awaitility.await()
              .atMost(PATIENCE)
              .pollInterval(Duration.ofSeconds(1))
              .until(() -> client.ingest(id), Answers.Ingest::isEnded);
      assertThat(ended.state()).isEqualTo("done");
      assertThat(ended.rows().read()).isEqualTo(large.rows);
      assertThat(
              LandedRows.one(
                  client,
                  "SELECT count(*), min(id), max(id), CAST(sum(id) AS BIGINT), CAST(sum(id * (id % "
                      + SCATTER
                      + ")) AS BIGINT), CAST(sum(third) AS BIGINT), count(DISTINCT _ingest_id)"
                      + " FROM lake.\"large\""))
          .containsExactlyElementsOf(
              List.of(
                  "" + large.rows,
                  "1",
                  "" + large.rows,
                  "" + large.sum,
                  "" + large.scattered,
                  "" + 3 * large.sum,
                  "1"));
      assertBounded(lakehouse);
    }
  }

  private static void kill(LakehouseProcess lakehouse) throws IOException {
    assertBounded(lakehouse);
    lakehouse.killHard();
  }

  private static void assertBounded(LakehouseProcess lakehouse) throws IOException {
    Path status = Path.of("/proc/" + lakehouse.pid() + "/status");
    if (!Files.exists(status)) {
      return;
    }
    Matcher peak = PEAK.matcher(Files.readString(status));
    assertThat(peak.find()).isTrue();
    long kib = Long.parseLong(peak.group(1));
    System.out.println("peak resident memory: " + kib / 1024 + " MiB");
    assertThat(kib).as("peak resident memory in KiB").isLessThan(MOST_RESIDENT_KIB);
  }

  private static void awaitRead(ApiClient client, String id, long rows) {
    Answers.Ingest reached =
        Awaitility.await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(100))
            .until(() -> client.ingest(id), ingest -> ingest.rows().read() >= rows);
    assertThat(reached.state()).isEqualTo("reading");
  }

  private static Written write(Path file) throws IOException {
    long bytes = 0;
    long rows = 0;
    long sum = 0;
    long scattered = 0;
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,third,text\n");
      while (bytes < BYTES) {
        rows++;
        sum += rows;
        scattered += rows * (rows % SCATTER);
        String row = rows + "," + 3 * rows + ",some text that makes the row longer " + rows + "\n";
        out.write(row);
        bytes += row.length();
      }
    }
    return new Written(file, rows, sum, scattered);
  }
}
