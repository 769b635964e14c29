package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.jobs.FaultyCatalog.Fault;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.TableNames;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** One table's trouble stops that table visibly and no other. */
class TroubleIT {
  @Test
  void aTopicMadeAnewStopsItsDataset() throws Exception {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.filled("anew", 1, 20);
      DatasetName other = fixture.filled("other", 1, 20);
      fixture.land();
      fixture.awaitIds(dataset, 20);
      fixture.admin.deleteTopics(List.of(Topics.data(dataset))).all().get();
      Awaitility.await()
          .ignoreExceptions()
          .untilAsserted(
              () -> {
                NewTopic topic = Topics.dataTopic(dataset, 1);
                fixture.admin.createTopics(List.of(topic)).all().get();
              });
      fixture.send(dataset, 500, 560);
      fixture.awaitStatus(dataset.value(), "topic_recreated");
      fixture.send(other, 20, 40);
      fixture.awaitIds(other, 40);
      fixture.checkIds(dataset, 20);
    }
  }

  @Test
  void aDatasetThatIsDeletedAndMadeAgainLandsAgain() throws Exception {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.filled("again", 1, 40);
      fixture.land();
      fixture.awaitIds(dataset, 40);
      for (int round = 0; round < 3; round++) {
        fixture.delete(dataset);
        int rows = 30 + round * 40;
        DatasetName same = round == 1 ? fixture.keyed("again", 1) : fixture.topic("again", 1);
        Map<Long, String> expected = new HashMap<>();
        for (long id = 0; id < rows; id++) {
          fixture.upsert(same, id, "n" + id);
          expected.put(id, "n" + id);
        }
        fixture.awaitRows(same, expected);
        fixture.upsert(same, rows, "last");
        expected.put((long) rows, "last");
        fixture.awaitRows(same, expected);
      }
    }
  }

  @Test
  void aRenamedDatasetLandsOnUnderItsNewNameAndUnderItsOldOneAgain() throws Exception {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName first = fixture.filled("first", 1, 20);
      DatasetName second = fixture.dataset("second");
      JobID job = fixture.land();
      fixture.awaitIds(first, 20);
      fixture.rename(first, second);
      fixture.send(second, 20, 30);
      fixture.awaitIdsOnce(second, 30);
      assertThat(fixture.state(second).topic()).isEqualTo(Topics.data(second));
      fixture.rename(second, first);
      fixture.send(first, 30, 35);
      fixture.awaitIdsOnce(first, 35);
      fixture.cancel(job);
      fixture.send(first, 35, 60);
      fixture.land();
      fixture.awaitIdsOnce(first, 60);
      assertThat(fixture.catalog.table(second)).isEmpty();
    }
  }

  @Test
  void aCheckpointThatKnowsDeletedTopicsHoldsNobodyUp() throws Exception {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName stays = fixture.filled("stays", 1, 20);
      DatasetName read = fixture.filled("read", 1, 20);
      DatasetName empty = fixture.keyed("empty", 1);
      JobID job = fixture.land();
      fixture.awaitIds(stays, 20);
      fixture.awaitIds(read, 20);
      String state = fixture.checkpoint(job);
      fixture.cancel(job);
      fixture.delete(read);
      fixture.delete(empty);
      fixture.landFrom(state);
      DatasetName later = fixture.filled("later", 1, 10);
      fixture.send(stays, 20, 40);
      fixture.awaitIds(stays, 40);
      fixture.awaitIds(later, 10);
    }
  }

  @Test
  void recordsGoneFromTheLogAreReportedAndNotSkipped() throws Exception {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.filled("gap", 1, 20);
      DatasetName other = fixture.topic("other", 1);
      JobID job = fixture.land();
      fixture.awaitIds(dataset, 20);
      fixture.cancel(job);
      fixture.send(dataset, 20, 60);
      TopicPartition place = new TopicPartition(Topics.data(dataset), 0);
      fixture.admin.deleteRecords(Map.of(place, RecordsToDelete.beforeOffset(40))).all().get();
      fixture.land();
      String reason = fixture.awaitStatus(dataset.value(), "offset_gap").getReason();
      assertThat(reason).contains("20").contains("39");
      fixture.send(other, 0, 10);
      fixture.awaitIds(other, 10);
      fixture.checkIds(dataset, 20);
    }
  }

  @Test
  void aDroppedTableIsMadeAnewOnlyByTheNextStart() {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.filled("dropped", 1, 20);
      DatasetName other = fixture.topic("other", 1);
      JobID job = fixture.land();
      fixture.awaitIds(dataset, 20);
      fixture.catalog.catalog().dropTable(TableNames.of(dataset), false);
      fixture.send(dataset, 20, 30);
      fixture.send(other, 0, 10);
      fixture.awaitStatus(dataset.value(), "table_dropped");
      fixture.awaitIds(other, 10);
      assertThat(fixture.catalog.table(dataset)).isEmpty();
      fixture.cancel(job);
      fixture.land();
      fixture.awaitIds(dataset, 30);
      fixture.awaitStatus(dataset.value(), "running");
    }
  }

  @Test
  void aTableThatCannotBeCommittedToIsReportedAndRecovers() {
    try (LandFixture fixture = LandFixture.faulty()) {
      DatasetName dataset = fixture.topic("fails", 1);
      DatasetName other = fixture.topic("other", 1);
      fixture.plan(Fault.FAILED, dataset, 1000);
      fixture.land();
      fixture.send(dataset, 0, 20);
      fixture.awaitStatus(dataset.value(), "commit_failing");
      fixture.send(other, 0, 10);
      fixture.awaitIds(other, 10);
      fixture.plan(Fault.FAILED, dataset, 0);
      fixture.awaitIds(dataset, 20);
      fixture.awaitStatus(dataset.value(), "running");
    }
  }

  @Test
  void aSchemaThatTheRegistryFailsForHoldsItsDatasetOnly() throws Exception {
    try (FaultyRegistry registry = FaultyRegistry.start();
        LandFixture fixture = LandFixture.asking(registry)) {
      DatasetName dataset = fixture.filled("held", 1, 20);
      DatasetName other = fixture.filled("other", 1, 20);
      fixture.land();
      fixture.awaitIds(dataset, 20);
      Schema wider =
          SchemaBuilder.record("row")
              .fields()
              .requiredLong("id")
              .optionalString("name")
              .optionalString("more")
              .endRecord();
      registry.failFor(fixture.register(dataset, wider));
      GenericRecord row = new GenericData.Record(wider);
      row.put("id", 20L);
      row.put("name", "n20");
      fixture.send(dataset, row);
      fixture.send(dataset, 21, 30);
      assertThat(fixture.awaitStatus(dataset.value(), "registry_failing").getReason())
          .contains("500");
      DatasetName fresh = fixture.filled("fresh", 1, 10);
      fixture.send(other, 20, 40);
      fixture.awaitIds(other, 40);
      fixture.awaitIds(fresh, 10);
      fixture.checkIds(dataset, 20);

      registry.failForNone();
      fixture.awaitIds(dataset, 30);
      fixture.awaitStatus(dataset.value(), "running");
    }
  }

  @Test
  void healthComparesTablesWithTopics() {
    try (LandFixture fixture = LandFixture.start(Map.of("landing.stalled_after", "1s"))) {
      LakehouseConfig config = fixture.config;
      DatasetName dataset = fixture.filled("lag", 1, 5);
      try (LandingHealth health =
          new LandingHealth(
              config, fixture.clients, fixture.registry, fixture.catalog, Clock.systemUTC())) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(
                () -> {
                  ComponentHealth landing = Objects.requireNonNull(health.check().get("landing"));
                  assertThat(landing.status()).isEqualTo(ComponentHealth.Status.DOWN);
                  assertThat(landing.detail()).contains(dataset.value());
                });
        fixture.land();
        fixture.awaitIds(dataset, 5);
        Awaitility.await()
            .untilAsserted(
                () -> {
                  DatasetLag lag =
                      health.lags().stream()
                          .filter(found -> found.dataset().equals(dataset))
                          .findFirst()
                          .orElseThrow();
                  assertThat(lag.behind()).isZero();
                  assertThat(lag.recorded().toString()).isEqualTo("0:5");
                });
      }
    }
  }
}
