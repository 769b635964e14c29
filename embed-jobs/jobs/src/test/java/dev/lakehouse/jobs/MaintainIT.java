package dev.lakehouse.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.jobs.log.KafkaRunBoard;
import dev.lakehouse.schemas.event.MaintainRun;
import dev.lakehouse.schemas.event.MaintainState;
import dev.lakehouse.schemas.event.SnapshotUse;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LocalFileIO;
import dev.lakehouse.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The upkeep beside the landing, both as Flink jobs. */
class MaintainIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Instant now = Clock.systemUTC().instant();
  private final Map<Long, String> expected = new HashMap<>();
  private final Random random = new Random(11);

  private MaintainRun ask(LandFixture fixture, DatasetName dataset) {
    MaintainRun run =
        MaintainRun.newBuilder()
            .setId(UUID.randomUUID().toString())
            .setDataset(dataset.value())
            .setAutomatic(false)
            .setState(MaintainState.REQUESTED)
            .setRequestedAt(now)
            .setUpdatedAt(now)
            .build();
    try (KafkaRunBoard board = new KafkaRunBoard(fixture.clients, fixture.registry)) {
      board.publish(run);
    }
    return run;
  }

  /** What was told last of each run. */
  private static Map<String, MaintainRun> told(LandFixture fixture) {
    TopicPartition place = new TopicPartition(Topics.MAINTAIN.name(), 0);
    Map<String, MaintainRun> told = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = fixture.clients.consumer(Map.of())) {
      consumer.assign(List.of(place));
      long end = consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
      while (consumer.position(place) < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                record -> {
                  MaintainRun run = Topics.MAINTAIN.values(fixture.registry).read(record.value());
                  told.put(run.getId(), run);
                });
      }
    }
    return told;
  }

  private static MaintainRun await(LandFixture fixture, String id, MaintainState state) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> told(fixture).get(id), run -> run != null && run.getState() == state);
  }

  private void change(LandFixture fixture, DatasetName dataset, int times) {
    for (int i = 0; i < times; i++) {
      long id = random.nextInt(60);
      String name = random.nextInt(4) == 0 ? null : "v" + random.nextInt();
      fixture.upsert(dataset, id, name);
      if (name == null) {
        expected.remove(id);
      } else {
        expected.put(id, name);
      }
    }
    fixture.flush();
  }

  @Test
  void aKeyedTableIsMergedWhileItIsFedAndTheLandingStartsFromBeforeAllThatExpired()
      throws Exception {
    try (LandFixture fixture =
        LandFixture.start(
            Map.of(
                "landing.snapshot_retention", "1ms",
                "query.timeout", "1ms",
                "maintain.interval", "500ms",
                "maintain.small_files", "5",
                "maintain.delete_files", "2"))) {
      DatasetName dataset = fixture.keyed("upkeep", 2);
      JobID landing = fixture.land();
      change(fixture, dataset, 100);
      fixture.awaitRows(dataset, expected);
      String old = fixture.savepoint(landing);
      long first = fixture.catalog.table(dataset).orElseThrow().currentSnapshot().snapshotId();

      JobID upkeep = fixture.maintain();
      String id = ask(fixture, dataset).getId();
      for (int round = 0; round < 10; round++) {
        change(fixture, dataset, 50);
        long before = fixture.catalog.table(dataset).orElseThrow().currentSnapshot().snapshotId();
        Awaitility.await()
            .pollInterval(Duration.ofMillis(50))
            .until(
                () ->
                    fixture.catalog.table(dataset).orElseThrow().currentSnapshot().snapshotId()
                        != before);
        if (round == 5) {
          fixture.cancel(upkeep);
          id = ask(fixture, dataset).getId();
          fixture.maintain();
        }
      }
      fixture.awaitRows(dataset, expected);
      assertThat(await(fixture, id, MaintainState.DONE).getError()).isNull();
      MaintainRun last = await(fixture, ask(fixture, dataset).getId(), MaintainState.DONE);
      Table table = fixture.catalog.table(dataset).orElseThrow();
      assertThat(last.getFilesAfter()).isLessThanOrEqualTo(2);
      assertThat(table.currentSnapshot().summary())
          .containsEntry(SnapshotSummary.TOTAL_DELETE_FILES_PROP, "0");
      assertThat(table.snapshot(first)).as("it has expired").isNull();
      fixture.awaitRows(dataset, expected);

      fixture.cancel(landing);
      change(fixture, dataset, 50);
      fixture.landFrom(old);
      fixture.awaitRows(dataset, expected);
      change(fixture, dataset, 50);
      fixture.awaitRows(dataset, expected);
      assertThat(fixture.state(dataset).quarantined()).isZero();
    }
  }

  @Test
  void noOrphanGoesWhileTheLandingIsDownAndNoSnapshotThatAQueryReads() throws Exception {
    try (LandFixture fixture =
        LandFixture.start(
            Map.of(
                "landing.snapshot_retention", "1ms",
                "query.timeout", "1ms",
                "maintain.orphan_age", "1h"))) {
      DatasetName dataset = fixture.filled("orphans", 1, 20);
      JobID landing = fixture.land();
      fixture.awaitIds(dataset, 20);
      Table table = fixture.catalog.table(dataset).orElseThrow();
      long read = table.currentSnapshot().snapshotId();
      fixture.clients.create(fixture.admin, Topics.SNAPSHOTS);
      try (KafkaProducer<byte[], byte[]> producer = fixture.clients.producer(Map.of())) {
        SnapshotUse use = new SnapshotUse(dataset.value(), read, now.plus(Duration.ofDays(1)));
        producer
            .send(
                new ProducerRecord<>(
                    Topics.SNAPSHOTS.name(),
                    Topics.snapshotKey(dataset, read).getBytes(UTF_8),
                    Topics.SNAPSHOTS.values(fixture.registry).write(use)))
            .get();
      }
      fixture.send(dataset, 20, 40);
      fixture.awaitIds(dataset, 40);
      long between = fixture.catalog.table(dataset).orElseThrow().currentSnapshot().snapshotId();
      fixture.cancel(landing);
      fixture.send(dataset, 40, 60);
      Path orphan =
          Files.writeString(LocalFileIO.path(table.location()).resolve("data/x.parquet"), "x");
      Files.setLastModifiedTime(orphan, FileTime.from(now.minus(Duration.ofHours(2))));
      fixture.maintain();

      MaintainRun down = await(fixture, ask(fixture, dataset).getId(), MaintainState.DONE);
      assertThat(down.getOrphansLeftFor()).startsWith("landing is behind");
      assertThat(orphan).exists();

      fixture.land();
      fixture.awaitIds(dataset, 60);
      MaintainRun up = await(fixture, ask(fixture, dataset).getId(), MaintainState.DONE);
      assertThat(up.getOrphansLeftFor()).isNull();
      assertThat(up.getOrphansRemoved()).isEqualTo(1);
      assertThat(orphan).doesNotExist();
      table.refresh();
      assertThat(table.snapshot(read)).isNotNull();
      assertThat(table.snapshot(between)).isNull();
      fixture.checkIds(dataset, 60);
    }
  }
}
