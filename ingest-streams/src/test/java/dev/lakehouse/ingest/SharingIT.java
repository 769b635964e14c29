package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.document.Documents;
import dev.lakehouse.ingest.read.ReaderPool;
import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.health.ComponentHealth.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One reader, many files: they share it, and what one of them waits for holds up no other. */
class SharingIT {
  private static final int ROWS = 250_000;
  private static final Map<String, String> ONE_READER =
      Map.of("ingest.readers", "1", "ingest.transaction", "50ms");

  @TempDir Path dir;

  private static byte[] rows(int from) {
    StringBuilder csv = new StringBuilder("id,text\n");
    LongStream.range(from, from + ROWS).forEach(id -> csv.append(id).append(",some text\n"));
    return csv.toString().getBytes(UTF_8);
  }

  private static long read(IngestRig rig, String id) {
    return rig.get("/ingest/" + id).body().path("rows").path("read").asLong();
  }

  private static void awaitBegun(IngestRig rig, String id) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> read(rig, id) > 0);
  }

  private static void assertWhole(IngestRig rig, String dataset, String id, int from) {
    assertThat(rig.awaitRead(id).path("rows").path("read").asLong()).isEqualTo(ROWS);
    assertThat(
            rig.records("data." + dataset).stream()
                .mapToLong(record -> (Long) rig.decode(record).getOrDefault("id", -1L))
                .toArray())
        .isEqualTo(LongStream.range(from, from + ROWS).toArray());
  }

  @Test
  void aSmallFileIsDoneBesideLargeOnesAndARestartGoesOnWithThem() {
    String first;
    String second;
    String small;
    try (IngestRig rig = new IngestRig(ONE_READER, Clock.systemUTC())) {
      first = rig.upload("l1.csv", rows(1), Map.of("dataset", "large_one")).text("id");
      second = rig.upload("l2.csv", rows(7), Map.of("dataset", "large_two")).text("id");
      awaitBegun(rig, first);
      awaitBegun(rig, second);
      small = rig.upload("small_beside_large", "id\n1\n2\n").text("id");
      assertThat(rig.awaitRead(small).path("rows").path("read").asLong()).isEqualTo(2);
      assertThat(read(rig, first)).isLessThan(ROWS);
      assertThat(read(rig, second)).isLessThan(ROWS);
    }
    try (IngestRig rig = new IngestRig(ONE_READER, Clock.systemUTC())) {
      assertWhole(rig, "large_one", first, 1);
      assertWhole(rig, "large_two", second, 7);
      assertThat(rig.rows("small_beside_large")).hasSize(2);
    }
  }

  /** Stands for tesseract on a slow machine: it has read the page once a file is there. */
  private Path slowProgram(Path goOn) throws IOException {
    Path program = dir.resolve("slow-tesseract");
    Files.writeString(
        program,
        """
        #!/bin/sh
        if [ "$1" = --list-langs ]; then echo eng; exit; fi
        touch %s.waits
        until [ -e %s ]; do sleep 0.05; done
        echo the ships
        """
            .formatted(goOn, goOn));
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void aPageThatWaitsHoldsNeitherATransactionNorAReader() throws Exception {
    Path goOn = dir.resolve("go-on");
    Map<String, String> slow =
        Map.of("ingest.readers", "1", "ocr.command", slowProgram(goOn).toString());
    try (IngestRig rig = new IngestRig(slow, Clock.systemUTC())) {
      String scan =
          rig.upload("scan.pdf", Documents.scanned(2), Map.of("dataset", "scans")).text("id");
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.exists(Path.of(goOn + ".waits")));
      try (Admin admin = rig.clients.admin()) {
        assertThat(
                admin
                    .describeTransactions(ReaderPool.transactionalIds().limit(4).toList())
                    .all()
                    .get()
                    .values())
            .extracting(transaction -> transaction.state())
            .doesNotContain(TransactionState.ONGOING);
      }
      JsonNode beside = rig.awaitRead(rig.upload("beside", "id\n1\n").text("id"));
      assertThat(beside.path("state").asText()).isEqualTo("landing");
      assertThat(read(rig, scan)).isZero();
      Files.createFile(goOn);
      assertThat(rig.awaitRead(scan).path("rows").path("read").asLong()).isEqualTo(2);
      assertThat(rig.rows("scans"))
          .extracting(row -> row.get("page"), row -> row.get("ocr"))
          .containsExactly(tuple(1, "done"), tuple(2, "done"));
      assertThat(scratch(rig)).isEmpty();
    }
  }

  private static List<Path> scratch(IngestRig rig) throws IOException {
    try (Stream<Path> left = Files.list(rig.config.data().path().resolve("tmp/reading"))) {
      return left.toList();
    }
  }

  @Test
  void readersWaitForADiskThatIsFullAndGoOn() {
    try (IngestRig rig = new IngestRig(ONE_READER, Clock.systemUTC())) {
      String id = rig.upload("disk.csv", rows(3), Map.of("dataset", "full_disk")).text("id");
      awaitBegun(rig, id);
      rig.freeBytes.set(600 << 20);
      assertThat(ingest(rig).status()).isEqualTo(Status.DEGRADED);
      assertThat(ingest(rig).detail()).asString().startsWith("new work is refused: ");
      rig.freeBytes.set(5);
      assertThat(ingest(rig).detail())
          .asString()
          .startsWith("new work is refused and readers wait: ");
      long stopped = awaitStill(rig, id);
      assertThat(stopped).isLessThan(ROWS);
      rig.freeBytes.set(Long.MAX_VALUE);
      assertWhole(rig, "full_disk", id, 3);
      assertThat(ingest(rig).status()).isEqualTo(Status.UP);
    }
  }

  private static ComponentHealth ingest(IngestRig rig) {
    return rig.service.health().check().getOrDefault("ingest", ComponentHealth.down("not there"));
  }

  private static long awaitStill(IngestRig rig, String id) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(400))
        .until(
            new Callable<Long>() {
              private long before = -1;

              @Override
              public Long call() {
                long now = read(rig, id);
                boolean still = now == before;
                before = now;
                return still ? now : -1;
              }
            },
            rows -> rows >= 0);
  }
}
