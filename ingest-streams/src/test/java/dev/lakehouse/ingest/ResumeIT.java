package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.read.ReaderPool;
import dev.lakehouse.schemas.health.ComponentHealth.Status;
import dev.lakehouse.schemas.topic.RecordHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A reading that is interrupted goes on at its row, and no row is lost or doubled. */
class ResumeIT {
  private static final int ROWS = 60_000;
  private static final Map<String, String> SHORT_TRANSACTIONS = Map.of("ingest.transaction", "5ms");

  private static String file() {
    StringBuilder csv = new StringBuilder("id,text\n");
    for (int i = 1; i <= ROWS; i++) {
      csv.append(i).append(i % 10_000 == 0 ? ",ragged,x\n" : ",some text\n");
    }
    return csv.toString();
  }

  private static void awaitMiddle(IngestRig rig, String id) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> rig.get("/ingest/" + id).body().path("rows").path("read").asLong() > 0);
  }

  private static void assertWhole(IngestRig rig, String dataset, String id) {
    JsonNode view = rig.awaitRead(id);
    assertThat(view.path("state").asText()).isEqualTo("landing");
    assertThat(view.path("rows").path("read").asLong()).isEqualTo(ROWS);
    assertThat(view.path("rows").path("quarantined").asLong()).isEqualTo(ROWS / 10_000);
    List<ConsumerRecord<byte[], byte[]>> records = rig.records("data." + dataset);
    long[] ids =
        records.stream().mapToLong(r -> (Long) rig.decode(r).getOrDefault("id", -1L)).toArray();
    assertThat(ids)
        .isEqualTo(LongStream.rangeClosed(1, ROWS).filter(i -> i % 10_000 != 0).toArray());
    assertThat(
            records.stream()
                .mapToLong(
                    r ->
                        Long.parseLong(
                            RecordHeaders.read(r.headers(), RecordHeaders.ROW).orElse("0")))
                .toArray())
        .isEqualTo(ids);
    assertThat(rig.get("/ingest/" + id + "/quarantine").body().path("items"))
        .extracting(item -> item.path("row").asLong())
        .isEqualTo(LongStream.rangeClosed(1, ROWS / 10_000).map(i -> i * 10_000).boxed().toList());
  }

  /** Stops the readers in the middle of a transaction, its rows written and not committed. */
  private static final class HaltingClock extends Clock {
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public Instant instant() {
      if (Thread.currentThread().getName().startsWith("lakehouse-reader-")
          && asked.incrementAndGet() > 3) {
        try {
          goOn.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return Instant.now();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void aSecondServiceTakesOverFromAZombie() {
    HaltingClock clock = new HaltingClock();
    try (IngestRig zombie = new IngestRig(SHORT_TRANSACTIONS, clock)) {
      String id =
          zombie
              .upload("zombie.csv", file().getBytes(UTF_8), Map.of("dataset", "taken_over"))
              .text("id");
      awaitMiddle(zombie, id);
      try (IngestRig heir = new IngestRig(SHORT_TRANSACTIONS, Clock.systemUTC())) {
        assertWhole(heir, "taken_over", id);
        clock.goOn.countDown();
        Awaitility.await()
            .untilAsserted(
                () ->
                    assertThat(zombie.service.health().check().get("ingest"))
                        .matches(health -> health.status() == Status.DOWN));
        assertWhole(heir, "taken_over", id);
      }
    }
  }

  @Test
  void aTransactionThatTookTooLongIsBegunAgain() {
    HaltingClock clock = new HaltingClock();
    Map<String, String> impatient =
        Map.of("ingest.transaction", "5ms", "kafka.properties.transaction.timeout.ms", "1000");
    try (IngestRig rig = new IngestRig(impatient, clock)) {
      String id =
          rig.upload("slept.csv", file().getBytes(UTF_8), Map.of("dataset", "slept")).text("id");
      awaitMiddle(rig, id);
      awaitAborted(rig);
      clock.goOn.countDown();
      assertWhole(rig, "slept", id);
      assertThat(rig.service.health().check().values())
          .allMatch(health -> health.status() == Status.UP);
    }
  }

  private static void awaitAborted(IngestRig rig) {
    List<String> readers = ReaderPool.transactionalIds().toList();
    try (Admin admin = rig.clients.admin()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  admin.describeTransactions(readers).all().get().values().stream()
                      .anyMatch(it -> it.state() == TransactionState.COMPLETE_ABORT));
    }
  }

  @Test
  void aStopInTheMiddleIsGoneOnFrom() {
    String id;
    try (IngestRig rig = new IngestRig(SHORT_TRANSACTIONS, Clock.systemUTC())) {
      id =
          rig.upload("stopped.csv", file().getBytes(UTF_8), Map.of("dataset", "stopped"))
              .text("id");
      awaitMiddle(rig, id);
    }
    try (IngestRig rig = new IngestRig(SHORT_TRANSACTIONS, Clock.systemUTC())) {
      assertWhole(rig, "stopped", id);
    }
  }
}
