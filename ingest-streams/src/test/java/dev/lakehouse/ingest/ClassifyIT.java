package dev.lakehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.event.PersonalKind;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.TableNames;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Columns are classified from the first record on, by a real broker, registry and catalog. */
class ClassifyIT {
  private static final Schema TWO =
      SchemaBuilder.record("row").fields().requiredString("a").optionalString("b").endRecord();

  private IngestRig rig;

  @BeforeEach
  void start() {
    rig = IngestRig.start();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private String incarnation(String dataset) {
    try (Admin admin = rig.clients.admin()) {
      String topic = "data." + dataset;
      return Optional.ofNullable(
              admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic))
          .orElseThrow()
          .topicId()
          .toString();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void topic(String dataset, int partitions) {
    try (Admin admin = rig.clients.admin()) {
      rig.clients.create(admin, List.of(Topics.dataTopic(new DatasetName(dataset), partitions)));
    }
  }

  /** The table that landing would make of the topic. */
  private Table table(String dataset) {
    return rig.catalog
        .catalog()
        .createTable(
            TableNames.of(new DatasetName(dataset)),
            new org.apache.iceberg.Schema(
                Types.NestedField.required(1, "a", Types.StringType.get()),
                Types.NestedField.optional(2, "b", Types.StringType.get())),
            PartitionSpec.unpartitioned(),
            Map.of(
                LandedState.TOPIC, "data." + dataset, LandedState.TOPIC_ID, incarnation(dataset)));
  }

  private void produce(
      String dataset, int rows, IntFunction<String> a, IntFunction<@Nullable String> b) {
    int id = rig.registry.register("data." + dataset + "-value", TWO);
    ConfluentWire.Writer<Object> writer = ConfluentWire.Writer.generic(id, TWO);
    try (KafkaProducer<byte[], byte[]> producer = rig.clients.producer(Map.of())) {
      for (int i = 0; i < rows; i++) {
        GenericData.Record row = new GenericData.Record(TWO);
        row.put("a", a.apply(i));
        row.put("b", b.apply(i));
        var unused = producer.send(new ProducerRecord<>("data." + dataset, writer.write(row)));
      }
    }
  }

  /** The newest finding of each key. */
  private Map<String, ColumnFinding> findings() {
    Map<String, ColumnFinding> found = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : rig.records(Topics.FINDINGS.name())) {
      String key = new String(record.key(), java.nio.charset.StandardCharsets.UTF_8);
      if (record.value() == null) {
        found.remove(key);
      } else {
        found.put(key, Topics.FINDINGS.values(rig.registry).read(record.value()));
      }
    }
    return found;
  }

  private ColumnFinding await(String dataset, int fieldId, long rows) {
    String key = Topics.findingKey(incarnation(dataset), fieldId);
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> findings().get(key),
            finding ->
                finding != null
                    && finding.getOffsets().values().stream().mapToLong(o -> o).sum() >= rows);
  }

  private static String email(int i) {
    return "person" + i + "@example.com";
  }

  private static String word(int i) {
    return "part " + (char) ('a' + i % 26);
  }

  @Test
  void eventsOfAForeignProducerAreClassifiedAndNoneIsSaid() {
    topic("tagged", 1);
    produce("tagged", 50, ClassifyIT::email, ClassifyIT::word);
    table("tagged");
    ColumnFinding a = await("tagged", 1, 50);
    ColumnFinding b = await("tagged", 2, 50);
    assertThat(a.getKind()).isEqualTo(PersonalKind.EMAIL);
    assertThat(a.getValues()).isEqualTo(50);
    assertThat(a.getComplete()).isTrue();
    assertThat(a.getFieldId()).isEqualTo(1);
    assertThat(b.getKind()).isEqualTo(PersonalKind.NONE);
    assertThat(b.getOffsets()).containsEntry("0", 50L);
  }

  @Test
  void aWiderTopicThatComesLaterBreaksNothing() {
    topic("narrow", 1);
    produce("narrow", 20, ClassifyIT::email, ClassifyIT::word);
    table("narrow");
    await("narrow", 1, 20);
    topic("wider", 9);
    produce("wider", 300, ClassifyIT::word, ClassifyIT::email);
    table("wider");
    assertThat(await("wider", 2, 300).getKind()).isEqualTo(PersonalKind.EMAIL);
    assertThat(await("wider", 1, 300).getKind()).isEqualTo(PersonalKind.NONE);
    produce("narrow", 20, ClassifyIT::email, ClassifyIT::email);
    assertThat(await("narrow", 2, 40).getKind()).isEqualTo(PersonalKind.EMAIL);
  }

  @Test
  void valuesThatTurnPersonalLaterAndAColumnAddedAgainAreNotCleanByMemory() {
    topic("turning", 1);
    produce("turning", 1000, ClassifyIT::word, ClassifyIT::word);
    Table table = table("turning");
    assertThat(await("turning", 1, 1000).getKind()).isEqualTo(PersonalKind.NONE);
    produce("turning", 5, ClassifyIT::email, ClassifyIT::word);
    assertThat(await("turning", 1, 1005).getKind()).isEqualTo(PersonalKind.EMAIL);

    table.updateSchema().deleteColumn("b").commit();
    table.updateSchema().addColumn("b", Types.StringType.get()).commit();
    int again = table.schema().findField("b").fieldId();
    assertThat(again).isNotEqualTo(2);
    produce("turning", 5, ClassifyIT::email, ClassifyIT::email);
    ColumnFinding b = await("turning", again, 1010);
    assertThat(b.getKind()).isEqualTo(PersonalKind.EMAIL);
  }

  @Test
  void aRestartWithoutItsStateGoesOnWhereItWas() {
    topic("restarted", 1);
    produce("restarted", 100, ClassifyIT::email, ClassifyIT::word);
    table("restarted");
    await("restarted", 1, 100);
    rig.close();
    rig = new IngestRig(Map.of(), Clock.systemUTC());
    produce("restarted", 30, i -> email(i + 100), ClassifyIT::word);
    ColumnFinding a = await("restarted", 1, 130);
    assertThat(a.getValues()).isEqualTo(130);
    assertThat(a.getKind()).isEqualTo(PersonalKind.EMAIL);
  }

  @Test
  void aDatasetThatIsGoneTakesItsFindingsWithIt() throws Exception {
    topic("gone", 1);
    produce("gone", 10, ClassifyIT::email, ClassifyIT::word);
    table("gone");
    await("gone", 1, 10);
    String key = Topics.findingKey(incarnation("gone"), 1);
    try (Admin admin = rig.clients.admin()) {
      admin.deleteTopics(List.of("data.gone")).all().get();
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> !findings().containsKey(key));
  }
}
