package dev.lakehouse.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.DURATION;

import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.event.Quarantined;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.api.common.JobID;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A topic becomes a table by itself. */
class LandJobIT {
  @Test
  void aProducersTopicGetsItsTable() {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName before = fixture.filled("before", 3, 500);
      fixture.land();
      fixture.awaitIds(before, 500);

      DatasetName after = fixture.filled("after", 1, 1);
      fixture.awaitIds(after, 1);
      fixture.send(before, 500, 700);
      fixture.awaitIds(before, 700);
      assertThat(fixture.state(before).offsets().next()).hasSize(3);
      assertThat(fixture.state(before).topic()).isEqualTo(Topics.data(before));
    }
  }

  /** On a busy machine any topic may be late; if all ten are, nobody looks for new ones. */
  @Test
  void aNewTopicIsFoundWithinTwoSeconds() {
    assertThat(LakehouseConfig.defaults().landing().discovery())
        .isLessThanOrEqualTo(Duration.ofSeconds(1));
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName first = fixture.filled("warm", 1, 1);
      fixture.land();
      fixture.awaitIds(first, 1);
      List<Duration> took = new ArrayList<>();
      while (took.size() < 10 && took.stream().noneMatch(time -> time.toMillis() < 2_000)) {
        long created = System.nanoTime();
        DatasetName found = fixture.filled("found" + took.size(), 1, 1);
        Awaitility.await()
            .atMost(Duration.ofSeconds(40))
            .pollInterval(Duration.ofMillis(20))
            .until(() -> fixture.catalog.table(found).isPresent());
        fixture.awaitIds(found, 1);
        took.add(Duration.ofNanos(System.nanoTime() - created));
      }
      assertThat(took).last().asInstanceOf(DURATION).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void recordsWithoutFieldsAndAbsurdLengthsAreQuarantined() throws Exception {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.filled("odd", 1, 1);
      fixture.land();
      fixture.awaitIds(dataset, 1);
      Schema empty = SchemaBuilder.record("empty").fields().endRecord();
      Schema outer =
          SchemaBuilder.record("row")
              .fields()
              .requiredLong("id")
              .name("nothing")
              .type(empty)
              .noDefault()
              .endRecord();
      fixture.send(
          dataset, record(outer, Map.of("id", 7L, "nothing", new GenericData.Record(empty))));
      int id = fixture.registry.register("any-value", LandFixture.ROW);
      for (long length : List.of(Long.MAX_VALUE / 4, (long) Integer.MAX_VALUE - 8, -5L)) {
        fixture.sendBytes(dataset, textOfLength(id, length));
      }
      fixture.send(dataset, 1, 3);

      fixture.awaitIds(dataset, 3);
      assertThat(fixture.quarantined(dataset).values().stream().map(Quarantined::getCode))
          .containsExactly("incompatible", "not_avro", "not_avro", "not_avro");
      assertThat(fixture.state(dataset).quarantined()).isEqualTo(4);
    }
  }

  /** A row whose text says that it is so long, and ends there. */
  private static byte[] textOfLength(int schemaId, long length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    encoder.writeLong(7);
    encoder.writeIndex(1);
    encoder.writeLong(length);
    encoder.flush();
    return bytes.toByteArray();
  }

  @Test
  void whatCannotBecomeARowIsQuarantinedWithItsPlace() {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.topic("bad", 1);
      int id = fixture.registry.register("any-value", LandFixture.ROW);
      GenericRecord row = new GenericData.Record(LandFixture.ROW);
      row.put("id", 1L);
      row.put("name", "text");
      byte[] good = ConfluentWire.Writer.generic(id, LandFixture.ROW).write(row);
      byte[] unknown = good.clone();
      unknown[1] = 77;
      Schema clash = SchemaBuilder.record("row").fields().requiredDouble("id").endRecord();
      GenericRecord clashing = new GenericData.Record(clash);
      clashing.put("id", 1.5);

      fixture.sendBytes(dataset, "hello".getBytes(UTF_8));
      fixture.sendBytes(dataset, null);
      fixture.flush();
      fixture.land();
      Awaitility.await()
          .untilAsserted(() -> assertThat(fixture.catalog.table(dataset)).isPresent());
      fixture.sendBytes(dataset, unknown);
      fixture.send(dataset, 0, 1);
      fixture.send(dataset, clashing);
      fixture.sendBytes(dataset, Arrays.copyOf(good, good.length - 2));
      fixture.sendBytes(dataset, Arrays.copyOf(good, good.length + 1));
      fixture.send(dataset, 1, 2);

      fixture.awaitIds(dataset, 2);
      Map<String, Quarantined> bad = fixture.quarantined(dataset);
      assertThat(bad.values().stream().map(Quarantined::getCode))
          .containsExactly(
              "not_avro", "null_value", "unknown_schema", "incompatible", "not_avro", "not_avro");
      assertThat(bad.keySet()).containsExactly("0-0", "0-1", "0-2", "0-4", "0-5", "0-6");
      assertThat(bad.values().iterator().next().getRaw().array())
          .isEqualTo("hello".getBytes(UTF_8));
      assertThat(bad.values().stream().skip(3).findFirst().orElseThrow().getReason())
          .contains("id")
          .contains("long")
          .contains("double");
      assertThat(fixture.state(dataset).quarantined()).isEqualTo(6);
      assertThat(fixture.rows(dataset).keySet()).containsExactly("0-3", "0-7");
    }
  }

  @Test
  void aTableGrowsWithItsSchemas() {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.topic("grows", 1);
      Schema first =
          SchemaBuilder.record("r").fields().requiredInt("n").requiredString("gone").endRecord();
      Schema second =
          SchemaBuilder.record("r").fields().requiredLong("n").optionalDouble("more").endRecord();
      fixture.land();
      fixture.send(dataset, record(first, Map.of("n", 1, "gone", "here")));
      fixture.send(dataset, record(second, Map.of("n", 1L << 40, "more", 0.5)));
      fixture.send(dataset, record(first, Map.of("n", 3, "gone", "late")));
      fixture.flush();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> fixture.rows(dataset).size() == 3);

      List<Record> rows = List.copyOf(fixture.rows(dataset).values());
      assertThat(rows.stream().map(row -> row.getField("n"))).containsExactly(1L, 1L << 40, 3L);
      assertThat(rows.stream().map(row -> row.getField("gone")))
          .containsExactly("here", null, "late");
      assertThat(rows.stream().map(row -> row.getField("more"))).containsExactly(null, 0.5, null);
      List<Types.NestedField> columns =
          fixture.catalog.table(dataset).orElseThrow().schema().columns();
      assertThat(columns.stream().map(Types.NestedField::name))
          .containsExactly(
              "n",
              "gone",
              "more",
              MetadataColumns.PARTITION,
              MetadataColumns.OFFSET,
              MetadataColumns.INGESTED_AT,
              MetadataColumns.INGEST_ID);
      assertThat(fixture.state(dataset).quarantined()).isZero();
    }
  }

  @Test
  void onlyCommittedTransactionsLandAndMarkersAreNotWaitedFor() {
    try (LandFixture fixture = LandFixture.start();
        LandingHealth health =
            new LandingHealth(
                fixture.config,
                fixture.clients,
                fixture.registry,
                fixture.catalog,
                Clock.systemUTC())) {
      DatasetName dataset = fixture.topic("transactions", 1);
      fixture.transact(dataset, 0, 10, true);
      fixture.transact(dataset, 1000, 1010, false);
      JobID first = fixture.land();
      fixture.awaitIds(dataset, 10);
      fixture.cancel(first);
      assertThat(fixture.state(dataset).offsets().of(0)).isEqualTo(10);

      fixture.transact(dataset, 10, 20, true);
      fixture.transact(dataset, 1000, 1010, false);
      fixture.land();
      fixture.awaitIds(dataset, 20);
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(health.lags())
                      .filteredOn(lag -> lag.dataset().equals(dataset))
                      .singleElement()
                      .satisfies(
                          lag -> {
                            assertThat(lag.behind()).isZero();
                            assertThat(lag.ends().of(0)).isGreaterThan(lag.recorded().of(0));
                          }));
    }
  }

  @Test
  void theSecondTopicOfADatasetStopsUnderItsOwnName() {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.filled("twice", 1, 5);
      fixture.land();
      fixture.awaitIds(dataset, 5);
      String second = Topics.data(dataset).replace('_', '-');
      fixture.clients.create(fixture.admin, List.of(new NewTopic(second, 1, (short) 1)));
      fixture.awaitStatus(second, "table_refuses");
      fixture.send(dataset, 5, 9);
      fixture.awaitIds(dataset, 9);
      fixture.admin.deleteTopics(List.of(second));
    }
  }

  private static GenericRecord record(Schema schema, Map<String, Object> values) {
    GenericRecord record = new GenericData.Record(schema);
    values.forEach(record::put);
    return record;
  }
}
