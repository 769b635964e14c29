package dev.lakehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.classify.ClassifyService;
import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.event.PersonalKind;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.TableNames;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Columns are classified from the first record on, by a real broker, registry and catalog. The
 * cases share a rig and most of their topics are there before the first, so that they are taken in
 * at once; what needs a restart comes last.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClassifyIT {
  private static final Schema TWO =
      SchemaBuilder.record("row").fields().requiredString("a").optionalString("b").endRecord();

  private static IngestRig rig;
  private static ReadFindings read;
  private static String goneKey;

  @BeforeAll
  static void start() throws Exception {
    rig = IngestRig.start();
    read = new ReadFindings(rig.clients, rig.registry);
    topic("gone", 1);
    produce("gone", 10, ClassifyIT::email, ClassifyIT::word);
    table("gone");
    topic("tagged", 1);
    produce("tagged", 50, ClassifyIT::email, ClassifyIT::word);
    table("tagged");
    topic("narrow", 1);
    produce("narrow", 20, ClassifyIT::email, ClassifyIT::word);
    table("narrow");
    topic("turning", 1);
    produce("turning", 900, ClassifyIT::word, ClassifyIT::word);
    topic("burst", 1);
    produce("burst", 5_000, ClassifyIT::order, ClassifyIT::order);
    table("burst");
    topic("restarted", 1);
    produce("restarted", 100, ClassifyIT::email, ClassifyIT::word);
    table("restarted");
    topic("emptied", 1);
    produce("emptied", 60, ClassifyIT::email, ClassifyIT::word);
    landed("emptied", 60);
    topic("shortened", 1);
    produce("shortened", 40, ClassifyIT::word, ClassifyIT::email);
    landed("shortened", 40);
    produce("shortened", 20, ClassifyIT::word, ClassifyIT::word);
    topic("behind", 1);
    produce("behind", 30, ClassifyIT::word, ClassifyIT::word);
    landed("behind", 20);
    await("gone", 1, 10);
    goneKey = Topics.findingKey(incarnation("gone"), 1);
    try (Admin admin = rig.clients.admin()) {
      admin.deleteTopics(List.of("data.gone")).all().get();
    }
  }

  @AfterAll
  static void stop() {
    read.close();
    rig.close();
  }

  private static String incarnation(String dataset) {
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

  private static void topic(String dataset, int partitions) {
    try (Admin admin = rig.clients.admin()) {
      rig.clients.create(admin, List.of(Topics.dataTopic(new DatasetName(dataset), partitions)));
    }
  }

  /** The table that landing would make of the topic. */
  private static Table table(String dataset) {
    List<Types.NestedField> columns =
        new ArrayList<>(
            List.of(
                Types.NestedField.required(1, "a", Types.StringType.get()),
                Types.NestedField.optional(2, "b", Types.StringType.get())));
    columns.addAll(MetadataColumns.fields(3));
    return rig.catalog
        .catalog()
        .createTable(
            TableNames.of(new DatasetName(dataset)),
            new org.apache.iceberg.Schema(columns),
            PartitionSpec.unpartitioned(),
            Map.of(
                LandedState.TOPIC, "data." + dataset, LandedState.TOPIC_ID, incarnation(dataset)));
  }

  /** Lands what the topic's only partition has, as landing would, and says up to where. */
  private static Table landed(String dataset, long upTo) {
    Table table = table(dataset);
    List<Record> rows = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : rig.records("data." + dataset)) {
      org.apache.iceberg.data.GenericRecord row =
          org.apache.iceberg.data.GenericRecord.create(table.schema());
      rig.decode(record).forEach(row::setField);
      row.setField(MetadataColumns.PARTITION, record.partition());
      row.setField(MetadataColumns.OFFSET, record.offset());
      row.setField(MetadataColumns.INGESTED_AT, OffsetDateTime.now(ZoneOffset.UTC));
      rows.add(row);
    }
    TableRows.append(table, rows);
    table.updateProperties().set(LandedState.OFFSETS, "0:" + upTo).commit();
    return table;
  }

  private static void forget(String dataset, long before) throws Exception {
    try (Admin admin = rig.clients.admin()) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition("data." + dataset, 0), RecordsToDelete.beforeOffset(before)))
          .all()
          .get();
    }
  }

  private static void produce(
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
  private static Map<String, ColumnFinding> findings() {
    return read.newest();
  }

  private static ColumnFinding await(String dataset, int fieldId, long rows) {
    String key = Topics.findingKey(incarnation(dataset), fieldId);
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> findings().get(key),
            finding ->
                finding != null
                    && finding.getOffsets().values().stream().mapToLong(o -> o).sum() >= rows);
  }

  private static String email(int i) {
    return "person" + i + "@example.com";
  }

  private static String order(int i) {
    return "order-" + (100_000 + i);
  }

  private static String word(int i) {
    return "part " + (char) ('a' + i % 26);
  }

  @Test
  @Order(1)
  void eventsOfAForeignProducerAreClassifiedAndNoneIsSaid() {
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
  @Order(2)
  void aFewPersonalValuesInTheMidstOfABurstAreFound() {
    ColumnFinding before = await("burst", 1, 5_000);
    assertThat(before.getKind()).isEqualTo(PersonalKind.NONE);
    assertThat(before.getExamined()).isLessThan(before.getValues());
    produce("burst", 20_000, ClassifyIT::order, i -> i == 15_000 ? email(i) : order(i));
    ColumnFinding b = await("burst", 2, 25_000);
    assertThat(b.getKind()).isEqualTo(PersonalKind.EMAIL);
    assertThat(b.getValues()).isEqualTo(25_000);
    assertThat(b.getExamined()).isLessThan(10_000);
    assertThat(await("burst", 1, 25_000).getKind()).isEqualTo(PersonalKind.NONE);
  }

  @Test
  @Order(3)
  void aWiderTopicThatComesLaterBreaksNothing() {
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
  @Order(4)
  void valuesThatTurnPersonalLaterAndAColumnAddedAgainAreNotCleanByMemory() {
    Table table = table("turning");
    assertThat(await("turning", 1, 900).getKind()).isEqualTo(PersonalKind.NONE);
    produce("turning", 5, ClassifyIT::email, ClassifyIT::word);
    assertThat(await("turning", 1, 905).getKind()).isEqualTo(PersonalKind.EMAIL);

    table.updateSchema().deleteColumn("b").commit();
    table.updateSchema().addColumn("b", Types.StringType.get()).commit();
    int again = table.schema().findField("b").fieldId();
    assertThat(again).isNotEqualTo(2);
    produce("turning", 5, ClassifyIT::email, ClassifyIT::email);
    ColumnFinding b = await("turning", again, 910);
    assertThat(b.getKind()).isEqualTo(PersonalKind.EMAIL);
  }

  @Test
  @Order(7)
  void aRestartWithoutItsStateGoesOnWhereItWas() {
    await("restarted", 1, 100);
    rig.close();
    rig = new IngestRig(Map.of(), Clock.systemUTC());
    produce("restarted", 30, i -> email(i + 100), ClassifyIT::word);
    ColumnFinding a = await("restarted", 1, 130);
    assertThat(a.getValues()).isEqualTo(130);
    assertThat(a.getKind()).isEqualTo(PersonalKind.EMAIL);
  }

  @Test
  @Order(6)
  void aDatasetThatIsGoneTakesItsFindingsWithIt() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !findings().containsKey(goneKey));
  }

  /** As the next version of the rules finds a topic whose landed records the janitor deleted. */
  @Test
  @Order(8)
  void anotherVersionReadsFromTheTableWhatTheLogNoLongerHas() throws Exception {
    await("emptied", 1, 60);
    await("shortened", 2, 60);
    assertThat(await("behind", 1, 30).getComplete()).isTrue();
    forget("emptied", 60);
    forget("shortened", 40);
    forget("behind", 30);
    int version = await("behind", 1, 30).getClassifierVersion() + 1;
    Map<String, String> keys = new HashMap<>();
    for (String dataset : List.of("emptied", "shortened", "behind")) {
      keys.put(dataset, incarnation(dataset));
    }
    rig.close();

    try (LakeCatalog catalog = LakeCatalog.open(rig.config.catalog());
        ClassifyService next =
            ClassifyService.start(
                rig.config, rig.clients, rig.registry, catalog, Clock.systemUTC(), version)) {
      assertThat(findings().values())
          .as("nothing that the version before called clean is clean now")
          .noneMatch(
              finding ->
                  finding.getClassifierVersion() < version
                      && finding.getKind() == PersonalKind.NONE
                      && finding.getComplete());
      ColumnFinding emptied = of(keys, "emptied", 1, version);
      assertThat(emptied.getKind()).isEqualTo(PersonalKind.EMAIL);
      assertThat(emptied.getValues()).isEqualTo(60);
      assertThat(emptied.getOffsets()).isEqualTo(Map.of("0", 60L));
      assertThat(emptied.getFirstOffsets()).isEqualTo(Map.of("0", 0L));
      assertThat(of(keys, "emptied", 2, version).getKind()).isEqualTo(PersonalKind.NONE);
      ColumnFinding shortened = of(keys, "shortened", 2, version);
      assertThat(shortened.getKind()).isEqualTo(PersonalKind.EMAIL);
      assertThat(shortened.getValues()).isEqualTo(60);
      assertThat(shortened.getOffsets()).isEqualTo(Map.of("0", 60L));
      assertThat(next.classified("data.emptied").of(0)).isEqualTo(60);

      ColumnFinding early =
          Optional.ofNullable(findings().get(Topics.findingKey(key(keys, "behind"), 1)))
              .orElseThrow();
      assertThat(early.getComplete()).as("a table that has not landed all of it").isFalse();
      catalog
          .table(new DatasetName("behind"))
          .orElseThrow()
          .updateProperties()
          .set(LandedState.OFFSETS, "0:30")
          .commit();
      ColumnFinding late = of(keys, "behind", 1, version);
      assertThat(late.getKind()).isEqualTo(PersonalKind.NONE);
      assertThat(late.getValues()).isEqualTo(30);
    }
  }

  private static String key(Map<String, String> keys, String dataset) {
    return Optional.ofNullable(keys.get(dataset)).orElseThrow();
  }

  private static ColumnFinding of(
      Map<String, String> keys, String dataset, int fieldId, int version) {
    String key = Topics.findingKey(key(keys, dataset), fieldId);
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> findings().get(key),
            finding ->
                finding != null
                    && finding.getClassifierVersion() == version
                    && finding.getComplete());
  }

  @Test
  @Order(5)
  void aNewTopicIsClassifiedWithinSeconds() {
    topic("fresh", 1);
    table("fresh");
    String key = Topics.findingKey(incarnation("fresh"), 1);
    int version =
        Optional.ofNullable(findings().get(Topics.findingKey(incarnation("tagged"), 1)))
            .orElseThrow()
            .getClassifierVersion();
    produce("fresh", 5, ClassifyIT::email, ClassifyIT::word);
    long begun = System.nanoTime();
    try (Admin admin = rig.clients.admin()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(50))
          .until(
              () ->
                  admin
                      .listConsumerGroupOffsets("lakehouse-classify-v" + version)
                      .partitionsToOffsetAndMetadata()
                      .get()
                      .containsKey(new TopicPartition("data.fresh", 0)));
    }
    long millis = (System.nanoTime() - begun) / 1_000_000;
    System.out.println("a new topic was taken in after " + millis + " ms");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> findings().containsKey(key));
    System.out.println(
        "and its first finding was there after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
    assertThat(millis).isLessThan(6000);
  }
}
