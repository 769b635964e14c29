package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.IngestRig.Answer;
import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.event.DatasetChange;
import dev.lakehouse.schemas.event.DocumentText;
import dev.lakehouse.schemas.event.PersonalKind;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.table.FormerFindings;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.LocalFileIO;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.OffsetVector;
import dev.lakehouse.schemas.table.TableKeys;
import dev.lakehouse.schemas.topic.RecordHeaders;
import dev.lakehouse.schemas.topic.Topics;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Datasets are declared, keyed, deleted and renamed, whatever happens between two steps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatasetsIT {
  private static final String FILE = "a\n1\n2\n3\n";
  private static final Map<String, String> SETTINGS =
      Map.of("kafka.partitions", "3", "ingest.transaction", "200ms");

  private final AtomicLong ahead = new AtomicLong();
  private volatile String failAt = "";
  private final Set<String> failed = new HashSet<>();
  private IngestRig rig;

  /** The system's clock, some way ahead. */
  private final class MovedClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.now().plusMillis(ahead.get());
    }
  }

  @BeforeAll
  void start() {
    rig = IngestRig.stepping(SETTINGS, new MovedClock(), this::step);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  /** Ends the work before the step that is named, or once before each if it is {@code each}. */
  private void step(DatasetChange change, String step) {
    String at = failAt;
    boolean first = at.equals("each") && failed.add(change.getDataset() + " " + step);
    if (first || at.equals(change.getDataset() + " " + step)) {
      throw new IllegalStateException("ended before '" + step + "'");
    }
  }

  private Answer post(String path, String body) {
    return rig.send(
        HttpRequest.newBuilder(rig.at(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private Answer rename(String dataset, String to) {
    return rig.send(
        HttpRequest.newBuilder(rig.at("/catalog/datasets/by-name/" + dataset))
            .method("PATCH", BodyPublishers.ofString("{\"name\": \"" + to + "\"}"))
            .build());
  }

  private Answer delete(String dataset, String query) {
    return rig.send(
        HttpRequest.newBuilder(rig.at("/catalog/datasets/by-name/" + dataset + query))
            .DELETE()
            .build());
  }

  /** Deletes as one who has read what would be gone. */
  private Answer deleteForSure(String dataset) {
    Answer asked = delete(dataset, "");
    assertThat(asked.status()).isEqualTo(409);
    assertThat(asked.text("code")).isEqualTo("confirm_needed");
    return delete(dataset, "?confirm=" + asked.text("confirm"));
  }

  private Optional<TopicDescription> topic(String name) {
    try (Admin admin = rig.clients.admin()) {
      return Optional.ofNullable(
          admin.describeTopics(List.of(name)).allTopicNames().get().get(name));
    } catch (java.util.concurrent.ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<Table> table(String dataset) {
    return rig.catalog.table(new DatasetName(dataset));
  }

  /** What landing would say: the table has all of the topic. Rows are of no matter here. */
  private void land(String dataset) {
    String name = "data." + dataset;
    if (table(dataset).isEmpty()) {
      List<NestedField> columns =
          new ArrayList<>(List.of(NestedField.optional(1, "a", LongType.get())));
      columns.addAll(MetadataColumns.fields(2));
      rig.catalog.newTable(new DatasetName(dataset), new Schema(columns)).create();
    }
    Map<Integer, Long> ends = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = rig.clients.consumer(Map.of())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(name).stream()
              .map(info -> new TopicPartition(name, info.partition()))
              .toList();
      consumer.endOffsets(partitions).forEach((p, end) -> ends.put(p.partition(), end));
    }
    table(dataset)
        .orElseThrow()
        .updateProperties()
        .set(LandedState.TOPIC, name)
        .set(LandedState.TOPIC_ID, topic(name).orElseThrow().topicId().toString())
        .set(LandedState.OFFSETS, new OffsetVector(ends).toString())
        .commit();
  }

  private String read(String dataset, String csv) {
    Answer uploaded = rig.upload(dataset, csv);
    assertThat(uploaded.status()).isEqualTo(202);
    rig.awaitRead(uploaded.text("id"));
    return uploaded.text("id");
  }

  private JsonNode view(String id) {
    return rig.get("/ingest/" + id).body();
  }

  private JsonNode change(String dataset) {
    for (JsonNode change : rig.get("/catalog/changes").body().path("changes")) {
      if (change.path("dataset").asText().equals(dataset)) {
        return change;
      }
    }
    throw new IllegalStateException("no change of " + dataset);
  }

  private void awaitChange(String dataset, String state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(change(dataset).path("state").asText()).isEqualTo(state));
  }

  private ColumnFinding finding(String key) {
    Map<String, ColumnFinding> found = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : rig.records(Topics.FINDINGS.name())) {
      if (record.value() != null && new String(record.key(), UTF_8).equals(key)) {
        found.put(key, Topics.FINDINGS.values(rig.registry).read(record.value()));
      }
    }
    return Optional.ofNullable(found.get(key)).orElseThrow();
  }

  private static Path object(IngestRig rig, String sha256) {
    return Path.of(URI.create(rig.config.objects().uri()))
        .resolve("sha256")
        .resolve(sha256.substring(0, 2))
        .resolve(sha256);
  }

  @Test
  void allThatIsWrongIsNamedAtOnce() {
    Answer refused =
        post(
            "/catalog/datasets",
            """
            {"name": "Bad-Name",
             "columns": [{"name": "id", "type": "bigint", "nullable": true}, {"name": "ID", "type": "int"},
                         {"name": "x", "type": "float8"}, {"name": "_kafka_offset", "type": "int"},
                         {"name": "ratio", "type": "double"}, {"name": " ", "type": "int"}],
             "keys": ["id", "ratio", "none"]}
            """);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("code")).isEqualTo("bad_declaration");
    assertThat(refused.body().path("errors")).hasSize(8);
    assertThat(refused.text("detail"))
        .contains(
            "'Bad-Name' is not a dataset name",
            "the key column 'id' cannot be nullable",
            "'ID' is there twice",
            "unknown type 'float8'",
            "'_kafka_offset' is a column of every table",
            "a name is missing",
            "'ratio' is of a type that cannot be a key",
            "no column 'none'");

    Answer layout =
        post(
            "/catalog/datasets",
            """
            {"name": "bad_layout", "columns": [{"name": "id", "type": "bigint"}, {"name": "day", "type": "date"}],
             "keys": ["id"],
             "partitions": [{"column": "day", "transform": "day"}, {"column": "id", "transform": "hash[3]"},
                            {"column": "id", "transform": "month"}],
             "sortOrder": [{"column": "day", "direction": "down"}]}
            """);
    assertThat(layout.body().path("errors")).hasSize(4);
    assertThat(layout.text("detail"))
        .contains(
            "'day' is no key column", "'hash[3]' is not one of", "month", "'down' is neither");
    assertThat(post("/catalog/datasets", "{\"name\": \"x\", \"colums\": []}").text("detail"))
        .isEqualTo("there is no member 'colums'");
    assertThat(table("bad_layout")).isEmpty();
  }

  @Test
  void aDeclaredDatasetIsThereForProducersAndForLanding() {
    Answer made =
        post(
            "/catalog/datasets",
            """
            {"name": "declared",
             "columns": [{"name": "Order No.", "type": "BIGINT"}, {"name": "day", "type": "date", "nullable": false},
                         {"name": "price", "type": "decimal(10,2)"}, {"name": "tags", "type": "list(varchar)"}],
             "partitions": [{"column": "DAY", "transform": "month"}],
             "sortOrder": [{"column": "price", "direction": "desc"}]}
            """);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("topic")).isEqualTo("data.declared");
    assertThat(made.body().path("keySchemaId").isNull()).isTrue();
    Table table = table("declared").orElseThrow();
    assertThat(table.schema().columns().stream().map(NestedField::name))
        .containsExactly(
            "Order No.",
            "day",
            "price",
            "tags",
            MetadataColumns.PARTITION,
            MetadataColumns.OFFSET,
            MetadataColumns.INGESTED_AT,
            MetadataColumns.INGEST_ID);
    assertThat(table.spec().fields().toString()).contains("month");
    assertThat(table.sortOrder().fields().toString()).contains("DESC");
    assertThat(LandedState.of(table)).isEmpty();
    assertThat(topic("data.declared").orElseThrow().partitions()).hasSize(3);
    assertThat(rig.registry.latest("data.declared-value").orElseThrow().id())
        .isEqualTo(made.body().path("valueSchemaId").asInt());

    read("declared", "order no.,day,price\n7,2024-05-01,1.50\n");
    assertThat(rig.rows("declared")).hasSize(1);
    assertThat(rig.registry.latest("data.declared-value").orElseThrow().version()).isEqualTo(1);

    String again = "{\"name\": \"declared\", \"columns\": [{\"name\": \"a\", \"type\": \"int\"}]}";
    Answer taken = post("/catalog/datasets", again);
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.text("code")).isEqualTo("dataset_exists");
    read("has_records", FILE);
    assertThat(post("/catalog/datasets", again.replace("declared", "has_records")).text("detail"))
        .isEqualTo("topic data.has_records has records");
  }

  private Map<String, Object> key(ConsumerRecord<byte[], byte[]> record) {
    org.apache.avro.Schema schema =
        rig.registry.byId(ConfluentWire.schemaId(record.key()).orElseThrow());
    try {
      GenericRecord key =
          new GenericDatumReader<GenericRecord>(schema)
              .read(
                  null,
                  DecoderFactory.get()
                      .binaryDecoder(record.key(), 5, record.key().length - 5, null));
      return schema.getFields().stream()
          .collect(
              Collectors.toMap(
                  org.apache.avro.Schema.Field::name,
                  field -> String.valueOf(key.get(field.pos()))));
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void rowsOfAKeyAreKeyedByItAndMeetInOnePartition() {
    Answer made =
        post(
            "/catalog/datasets",
            """
            {"name": "keyed",
             "columns": [{"name": "region", "type": "varchar"}, {"name": "id", "type": "int"},
                         {"name": "name", "type": "varchar"}],
             "keys": ["id", "region"]}
            """);
    assertThat(made.status()).isEqualTo(201);
    assertThat(TableKeys.of(table("keyed").orElseThrow())).containsExactly("id", "region");
    String rows =
        IntStream.range(0, 60)
            .mapToObj(i -> "r" + i % 3 + "," + i % 20 + ",v" + i + "\n")
            .collect(Collectors.joining());
    String file =
        read("keyed", "region,id,name\n" + rows + "r1,,lost\n,5,lost\nr1,5000000000,lost\n");
    assertThat(view(file).path("rows").path("quarantined").asInt()).isEqualTo(3);
    JsonNode lost = rig.get("/ingest/" + file + "/quarantine").body().path("items");
    Answer replayed =
        rig.post(
            "/ingest/" + file + "/quarantine/replay",
            Map.of(
                "rows",
                List.of(
                    Map.of(
                        "entry",
                        lost.path(0).path("entry").asText(),
                        "values",
                        Map.of("region", "r1", "id", 100, "name", "found")),
                    Map.of("entry", lost.path(1).path("entry").asText(), "raw", ",5,lost"))));
    assertThat(replayed.body().path("results"))
        .extracting(result -> result.path("status").asText() + result.path("code").asText())
        .containsExactly("replayed", "kept" + lost.path(1).path("code").asText());

    Answer events =
        post(
            "/ingest/events/keyed",
            "[{\"region\": \"r0\", \"id\": 0, \"name\": \"new\", \"more\": 1.5}, {\"id\": 1, \"name\": \"no region\"}]");
    assertThat(events.body().path("results").path(0).path("status").asText() + events.body())
        .contains("misfit");

    List<ConsumerRecord<byte[], byte[]>> records = rig.records("data.keyed");
    assertThat(records).hasSize(62);
    Map<Map<String, Object>, Set<Integer>> places = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Map<String, Object> row = rig.decode(record);
      assertThat(key(record))
          .isEqualTo(Map.of("id", "" + row.get("id"), "region", "" + row.get("region")));
      places.computeIfAbsent(key(record), key -> new HashSet<>()).add(record.partition());
      assertThat(RecordHeaders.read(record.headers(), RecordHeaders.OPERATION)).contains("upsert");
    }
    assertThat(places)
        .hasSize(61)
        .containsKey(Map.of("id", "100", "region", "r1"))
        .allSatisfy((key, partitions) -> assertThat(partitions).hasSize(1));
    assertThat(places.values().stream().flatMap(Set::stream).distinct()).hasSize(3);
    assertThat(rig.registry.latest("data.keyed-key").orElseThrow().version()).isEqualTo(1);

    Answer without = rig.upload("keyed", "region,name\nr1,x\n");
    JsonNode refused = rig.awaitRead(without.text("id"));
    assertThat(refused.path("state").asText()).isEqualTo("rejected");
    assertThat(refused.path("error").path("detail").asText()).contains("no column 'id'");
  }

  @Test
  void aDatasetIsDeletedWithAllThatIsItsAlone() {
    String csv = "a\n10\n20\n";
    String kept = read("del_other", csv);
    String first = read("del_one", csv);
    String own = read("del_one", "a\n30\n");
    land("del_one");
    land("del_other");
    Path files = LocalFileIO.path(table("del_one").orElseThrow().location());
    String shared = view(first).path("sha256").asText();
    String alone = view(own).path("sha256").asText();
    assertThat(view(first).path("state").asText()).isEqualTo("done");
    assertThat(files).exists();

    Answer asked = delete("del_one", "");
    assertThat(asked.status()).isEqualTo(409);
    assertThat(asked.body().path("gone").path("uploads").asInt()).isEqualTo(1);
    assertThat(asked.body().path("gone").path("topic").asText()).isEqualTo("data.del_one");
    read("del_one", "a\n40\n");
    Answer changed = delete("del_one", "?confirm=" + asked.text("confirm"));
    assertThat(changed.text("detail")).startsWith("it has changed since");
    Answer deleted = delete("del_one", "?confirm=" + changed.text("confirm"));
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.text("state")).isEqualTo("done");

    assertThat(table("del_one")).isEmpty();
    assertThat(files).doesNotExist();
    assertThat(topic("data.del_one")).isEmpty();
    assertThat(rig.registry.latest("data.del_one-value")).isEmpty();
    assertThat(Files.exists(object(rig, shared))).isTrue();
    assertThat(Files.exists(object(rig, alone))).isFalse();
    assertThat(view(first).path("state").asText()).isEqualTo("deleted");
    assertThat(view(first).path("rows").path("undone").asInt()).isEqualTo(2);
    assertThat(view(kept).path("state").asText()).isEqualTo("done");
    assertThat(delete("del_one", "").status()).isEqualTo(404);

    String anew = read("del_one", csv);
    assertThat(anew).isNotEqualTo(first);
    assertThat(rig.rows("del_one")).hasSize(2);
    assertThat(rig.registry.latest("data.del_one-value")).isPresent();
    assertThat(deleteForSure("del_one").status()).isEqualTo(200);
    assertThat(deleteForSure("del_other").status()).isEqualTo(200);
    assertThat(Files.exists(object(rig, shared))).isFalse();
  }

  private JsonNode quarantined(String dataset) {
    return rig.get("/catalog/datasets/by-name/" + dataset + "/quarantine").body().path("items");
  }

  @Test
  void whatWasQuarantinedAndTextsGoWithTheirDatasetAndByItsName() {
    String csv = "a\n1\nx\n" + "2\n".repeat(50);
    read("quar_old", FILE);
    String ragged = read("quar_old", csv);
    assertThat(quarantined("quar_old")).hasSize(1);
    land("quar_old");
    rename("quar_old", "quar_new");
    awaitChange("quar_old", "done");
    assertThat(quarantined("quar_old")).isEmpty();
    assertThat(quarantined("quar_new"))
        .extracting(entry -> entry.path("dataset").asText() + " " + entry.path("raw").asText())
        .containsExactly("quar_new x");
    Answer letter =
        rig.upload("letter.txt", "Dear reader.".getBytes(UTF_8), Map.of("dataset", "quar_letters"));
    rig.awaitRead(letter.text("id"));
    AvroSerde<DocumentText> texts = Topics.DOCUMENTS.values(rig.registry);
    assertThat(deleteForSure("quar_letters").status()).isEqualTo(200);
    assertThat(
            rig.records(Topics.DOCUMENTS.name()).stream()
                .map(record -> texts.read(record.value()))
                .filter(text -> text.getIngestId().equals(letter.text("id")))
                .map(DocumentText::getRemoved))
        .containsExactly(false, true);

    String entry = quarantined("quar_new").path(0).path("entry").asText();
    assertThat(deleteForSure("quar_new").status()).isEqualTo(200);
    read("quar_new", FILE);
    assertThat(quarantined("quar_new")).isEmpty();
    assertThat(rig.get("/ingest/" + ragged + "/quarantine").body().path("items")).isEmpty();
    Answer again =
        rig.post(
            "/catalog/datasets/by-name/quar_new/quarantine/replay",
            Map.of("rows", List.of(Map.of("entry", entry, "raw", "1"))));
    assertThat(again.body().path("results").path(0).path("code").asText())
        .isEqualTo("unknown_entry");
  }

  @Test
  void aDeletionGoesOnWhereverItEnded() throws Exception {
    String id = read("del_steps", "a\n11\n");
    land("del_steps");
    Path files = LocalFileIO.path(table("del_steps").orElseThrow().location());
    failAt = "each";
    try {
      deleteForSure("del_steps");
      awaitChange("del_steps", "done");
    } finally {
      failAt = "";
    }
    assertThat(failed)
        .contains(
            "del_steps ingests",
            "del_steps texts",
            "del_steps topic",
            "del_steps table",
            "del_steps files",
            "del_steps subjects",
            "del_steps uploads",
            "del_steps findings",
            "del_steps done");
    assertThat(table("del_steps")).isEmpty();
    assertThat(files).doesNotExist();
    assertThat(view(id).path("state").asText()).isEqualTo("deleted");

    read("del_killed", "a\n12\n");
    land("del_killed");
    Path left = LocalFileIO.path(table("del_killed").orElseThrow().location());
    failAt = "del_killed files";
    assertThat(deleteForSure("del_killed").status()).isEqualTo(202);
    assertThat(left).exists();
    assertThat(rig.upload("del_killed", "a\n13\n").text("code")).isEqualTo("dataset_changing");
    rig.close();
    failAt = "";
    start();
    awaitChange("del_killed", "done");
    assertThat(left).doesNotExist();
    assertThat(rig.registry.latest("data.del_killed-value")).isEmpty();
    assertThat(rig.upload("del_killed", "a\n12\n").status()).isEqualTo(202);
  }

  @Test
  void aFileThatIsBeingReadIsGivenUpWithItsDataset() {
    String rows = IntStream.range(0, 400_000).mapToObj(i -> i + "\n").collect(Collectors.joining());
    String id = rig.upload("del_reading", "a\n" + rows).text("id");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> view(id).path("rows").path("read").asInt() > 0);
    String queued = rig.upload("del_reading", "a\n1\n").text("id");
    Answer deleted;
    do {
      deleted = deleteForSure("del_reading");
    } while (deleted.text("code").equals("confirm_needed"));
    awaitChange("del_reading", "done");
    assertThat(topic("data.del_reading")).isEmpty();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(view(id).path("state").asText()).isIn("failed", "deleted");
              assertThat(view(queued).path("state").asText()).isIn("failed", "deleted");
            });
    read("del_reading", "a\n5\n");
    assertThat(rig.rows("del_reading")).hasSize(1);
  }

  @Test
  void aRenamedDatasetGoesOnUnderItsNewName() {
    String csv = "a\n21\n22\n";
    String id = read("ren_old", csv);
    land("ren_old");
    Table before = table("ren_old").orElseThrow();
    String uuid = before.uuid().toString();
    String location = before.location();
    String oldTopic = topic("data.ren_old").orElseThrow().topicId().toString();

    read("ren_taken", csv);
    assertThat(rename("ren_old", "ren_taken").text("code")).isEqualTo("dataset_exists");
    assertThat(rename("ren_old", "Not Legal").text("code")).isEqualTo("bad_dataset_name");
    assertThat(rename("ren_none", "ren_new").status()).isEqualTo(404);

    assertThat(rename("ren_old", "ren_new").status()).isIn(200, 202);
    awaitChange("ren_old", "done");
    Table table = table("ren_new").orElseThrow();
    assertThat(table.uuid()).hasToString(uuid);
    assertThat(table.location()).isEqualTo(location);
    assertThat(LandedState.of(table)).isEmpty();
    assertThat(FormerFindings.in(table.properties()).orElseThrow().kinds())
        .isEqualTo(Map.of(1, "NONE"));
    assertThat(table("ren_old")).isEmpty();
    assertThat(topic("data.ren_old")).isEmpty();
    TopicDescription renamed = topic("data.ren_new").orElseThrow();
    assertThat(renamed.partitions()).hasSize(3);
    assertThat(renamed.topicId().toString()).isNotEqualTo(oldTopic);
    ColumnFinding carried = finding(Topics.findingKey(renamed.topicId().toString(), 1));
    assertThat(carried.getKind()).isEqualTo(PersonalKind.NONE);
    assertThat(carried.getDataset()).isEqualTo("ren_new");
    assertThat(carried.getOffsets()).isEmpty();
    assertThat(rig.registry.latest("data.ren_old-value")).isEmpty();
    assertThat(rig.registry.latest("data.ren_new-value")).isPresent();

    assertThat(view(id).path("dataset").asText()).isEqualTo("ren_new");
    assertThat(view(id).path("state").asText()).isEqualTo("done");
    Answer again = rig.upload("ren_new", csv);
    assertThat(again.text("duplicateOf")).isEqualTo(id);
    read("ren_new", "a\n23\n");
    assertThat(rig.rows("ren_new")).hasSize(1);
    String anew = read("ren_old", csv);
    assertThat(view(anew).path("dataset").asText()).isEqualTo("ren_old");
    land("ren_old");
    assertThat(table("ren_old").orElseThrow().location()).isNotEqualTo(location);
    assertThat(deleteForSure("ren_old").status()).isEqualTo(200);
    assertThat(LocalFileIO.path(location)).exists();
    assertThat(view(id).path("state").asText()).isEqualTo("done");

    Answer undone = rig.send(HttpRequest.newBuilder(rig.at("/ingest/" + id)).DELETE().build());
    assertThat(undone.text("state")).isEqualTo("undone");
  }

  @Test
  void aRenameGoesOnWhereverItEnded() {
    read("step_old", "a\n31\n");
    land("step_old");
    String uuid = table("step_old").orElseThrow().uuid().toString();
    failAt = "each";
    try {
      rename("step_old", "step_new");
      awaitChange("step_old", "done");
    } finally {
      failAt = "";
    }
    assertThat(failed)
        .contains(
            "step_old drain",
            "step_old moving",
            "step_old old topic",
            "step_old table",
            "step_old properties",
            "step_old subjects",
            "step_old new topic",
            "step_old findings",
            "step_old old subjects",
            "step_old done");
    assertThat(table("step_new").orElseThrow().uuid()).hasToString(uuid);
    assertThat(table("step_old")).isEmpty();
    assertThat(topic("data.step_old")).isEmpty();
    assertThat(topic("data.step_new")).isPresent();

    read("kill_old", "a\n32\n");
    land("kill_old");
    failAt = "kill_old properties";
    assertThat(rename("kill_old", "kill_new").status()).isEqualTo(202);
    assertThat(rig.upload("kill_new", FILE).text("code")).isEqualTo("dataset_changing");
    rig.close();
    failAt = "";
    start();
    awaitChange("kill_old", "done");
    assertThat(LandedState.of(table("kill_new").orElseThrow())).isEmpty();
    read("kill_new", "a\n33\n");
    assertThat(rig.rows("kill_new")).hasSize(1);
  }

  @Test
  void aRenameWaitsForLandingAndTakesNoNewRecordsUntilThen() {
    read("wait_old", "a\n41\n42\n");
    land("wait_old");
    read("wait_old", "a\n43\n");
    Answer asked = rename("wait_old", "wait_new");
    assertThat(asked.status()).isEqualTo(202);
    assertThat(asked.text("reason")).contains("data.wait_old is in the table");
    Answer refused = post("/ingest/events/wait_old", "{\"a\": 1}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("dataset_changing");
    assertThat(post("/ingest/events/wait_new", "{\"a\": 1}").status()).isEqualTo(409);
    assertThat(rename("wait_old", "wait_other").text("code")).isEqualTo("dataset_changing");
    ahead.addAndGet(Duration.ofMinutes(11).toMillis());
    awaitChange("wait_old", "given_up");
    assertThat(post("/ingest/events/wait_old", "{\"a\": 44}").status()).isEqualTo(200);

    rename("wait_old", "wait_new");
    assertThat(table("wait_old")).isPresent();
    land("wait_old");
    awaitChange("wait_old", "done");
    assertThat(table("wait_new")).isPresent();
    assertThat(Topics.data(new DatasetName("wait_new"))).isEqualTo("data.wait_new");
    assertThat(topic("data.wait_new")).isPresent();
  }
}
