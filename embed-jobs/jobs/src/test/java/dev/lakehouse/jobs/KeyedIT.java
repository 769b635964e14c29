package dev.lakehouse.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.jobs.FaultyCatalog.Fault;
import dev.lakehouse.schemas.event.Quarantined;
import dev.lakehouse.schemas.name.DatasetName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.JobID;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A keyed dataset's table is what its topic says last of each key. */
class KeyedIT {
  private final Map<Long, String> expected = new HashMap<>();
  private final Random random = new Random(7);
  private int version;

  /** Sends upserts and deletes of some keys, and keeps what should come of them. */
  private void change(LandFixture fixture, DatasetName dataset, int times) {
    for (int i = 0; i < times; i++) {
      long id = random.nextInt(60);
      if (random.nextInt(4) == 0) {
        fixture.upsert(dataset, id, null);
        expected.remove(id);
      } else {
        String name = "v" + version++;
        fixture.upsert(dataset, id, name);
        expected.put(id, name);
      }
    }
    fixture.flush();
  }

  @Test
  void upsertsAndDeletes() {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.keyed("upserts", 3);
      change(fixture, dataset, 500);
      fixture.land();
      fixture.awaitRows(dataset, expected);
      for (int round = 0; round < 10; round++) {
        change(fixture, dataset, 100);
      }
      fixture.awaitRows(dataset, expected);
      assertThat(fixture.state(dataset).quarantined()).isZero();
    }
  }

  @Test
  void haltsJustBeforeAndJustAfterACommitAndAStatelessStart() throws Exception {
    try (LandFixture fixture = LandFixture.faulty()) {
      DatasetName dataset = fixture.keyed("halts", 2);
      change(fixture, dataset, 200);
      fixture.plan(Fault.HALT_BEFORE, dataset, 1);
      assertThat(fixture.landInAnotherProcess()).isEqualTo(1);
      fixture.plan(Fault.HALT_AFTER, dataset, 1);
      assertThat(fixture.landInAnotherProcess()).isEqualTo(1);
      change(fixture, dataset, 200);
      JobID job = fixture.land();
      fixture.awaitRows(dataset, expected);
      fixture.plan(Fault.LOST_ANSWER, dataset, 2);
      change(fixture, dataset, 200);
      fixture.awaitRows(dataset, expected);
      fixture.cancel(job);
      change(fixture, dataset, 200);
      fixture.land();
      fixture.awaitRows(dataset, expected);
    }
  }

  @Test
  void anOldCheckpointAndTwoLiveJobs() throws Exception {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.keyed("twice", 2);
      change(fixture, dataset, 200);
      JobID job = fixture.land();
      fixture.awaitRows(dataset, expected);
      String old = fixture.checkpoint(job);
      change(fixture, dataset, 200);
      fixture.awaitRows(dataset, expected);
      fixture.cancel(job);
      change(fixture, dataset, 100);
      fixture.landFrom(old);
      fixture.land();
      for (int round = 0; round < 10; round++) {
        change(fixture, dataset, 100);
      }
      fixture.awaitRows(dataset, expected);
    }
  }

  @Test
  void aKeyOfSeveralSchemasInOneBatch() {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.keyed("schemas", 1);
      Schema wider =
          SchemaBuilder.record("row")
              .fields()
              .requiredLong("id")
              .optionalString("name")
              .optionalDouble("more")
              .endRecord();
      GenericRecord row = new GenericData.Record(wider);
      row.put("id", 1L);
      row.put("name", "wide");
      fixture.upsert(dataset, 1, "narrow");
      fixture.upsert(dataset, 2, "narrow");
      fixture.upsert(dataset, LandFixture.key(1), row);
      fixture.upsert(dataset, 2, null);
      fixture.upsert(dataset, 3, "narrow");
      fixture.flush();
      fixture.land();
      fixture.awaitRows(dataset, Map.of(1L, "wide", 3L, "narrow"));
      fixture.upsert(dataset, 1, "narrow again");
      fixture.awaitRows(dataset, Map.of(1L, "narrow again", 3L, "narrow"));
    }
  }

  @Test
  void keysThatAreNotTheRowsAreQuarantined() {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.keyed("bad", 1);
      GenericRecord row = new GenericData.Record(LandFixture.ROW);
      row.put("id", 1L);
      row.put("name", "text");
      byte[] value = LandFixture.framed(fixture.register(dataset, LandFixture.ROW), row);
      Schema other = SchemaBuilder.record("other").fields().requiredLong("number").endRecord();
      GenericRecord otherKey = new GenericData.Record(other);
      otherKey.put("number", 1L);
      Schema nameless = SchemaBuilder.record("row").fields().requiredString("name").endRecord();
      GenericRecord withoutId = new GenericData.Record(nameless);
      withoutId.put("name", "text");

      fixture.upsert(dataset, 1, "first");
      fixture.sendBytes(dataset, null, value);
      fixture.sendBytes(dataset, "1".getBytes(UTF_8), value);
      fixture.upsert(dataset, LandFixture.key(2), row);
      fixture.upsert(dataset, otherKey, row);
      fixture.upsert(dataset, row, row);
      fixture.sendBytes(dataset, null, null);
      fixture.upsert(dataset, LandFixture.key(1), withoutId);
      fixture.upsert(dataset, 2, "second");
      fixture.flush();
      fixture.land();
      fixture.awaitRows(dataset, Map.of(1L, "first", 2L, "second"));
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(fixture.state(dataset).quarantined()).isEqualTo(7));
      assertThat(fixture.quarantined(dataset).values().stream().map(Quarantined::getCode))
          .containsExactly(
              "bad_key", "bad_key", "bad_key", "bad_key", "bad_key", "bad_key", "incompatible");
    }
  }

  @Test
  void aKeyedTablePartitionedByItsKey() {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset =
          fixture.declared(
              "buckets",
              2,
              LandFixture.ROW,
              List.of("id"),
              columns -> PartitionSpec.builderFor(columns).bucket("id", 8).build(),
              columns -> SortOrder.builderFor(columns).desc("name").build());
      fixture.land();
      for (int round = 0; round < 5; round++) {
        change(fixture, dataset, 100);
      }
      fixture.awaitRows(dataset, expected);
    }
  }

  @Test
  void aKeyedTableIsNotPartitionedByWhatItsKeyDoesNotTell() {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset =
          fixture.declared(
              "apart",
              1,
              LandFixture.ROW,
              List.of("id"),
              columns -> PartitionSpec.builderFor(columns).identity("name").build(),
              columns -> SortOrder.unsorted());
      fixture.upsert(dataset, 1, "one");
      fixture.flush();
      fixture.land();
      assertThat(fixture.awaitStatus(dataset.value(), "table_refuses").getReason())
          .contains("name");
    }
  }
}
