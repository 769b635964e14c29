package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.IngestRig.Answer;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.TableKeys;
import dev.lakehouse.schemas.table.TableNames;
import dev.lakehouse.schemas.topic.RecordHeaders;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rows of an ingest leave the table when it is undone, and when another replaces it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UndoIT {
  private static final String FILE = "a\n1\n2\n3\n";

  private IngestRig rig;

  @BeforeAll
  void start() {
    rig = IngestRig.start();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private Table table(String dataset) {
    return rig.catalog.table(new DatasetName(dataset)).orElseThrow();
  }

  private String topicId(String topic) {
    try (Admin admin = rig.clients.admin()) {
      return Optional.ofNullable(
              admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic))
          .orElseThrow()
          .topicId()
          .toString();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void create(String dataset, Map<String, String> more) {
    List<NestedField> columns =
        new ArrayList<>(List.of(NestedField.optional(1, "a", LongType.get())));
    columns.addAll(MetadataColumns.fields(2));
    rig.catalog
        .catalog()
        .buildTable(TableNames.of(new DatasetName(dataset)), new Schema(columns))
        .withProperty(LandedState.TOPIC, "data." + dataset)
        .withProperty(LandedState.TOPIC_ID, topicId("data." + dataset))
        .withProperties(more)
        .create();
  }

  /** What landing would do: the rows of the ingest, and how far the table has read. */
  private void land(String dataset, String ingestId) {
    Table table = table(dataset);
    List<Record> rows = new ArrayList<>();
    long next = 0;
    for (ConsumerRecord<byte[], byte[]> record : rig.records("data." + dataset)) {
      next = Math.max(next, record.offset() + 1);
      if (RecordHeaders.read(record.headers(), RecordHeaders.INGEST_ID)
          .filter(ingestId::equals)
          .isPresent()) {
        GenericRecord row = GenericRecord.create(table.schema());
        row.setField("a", rig.decode(record).get("a"));
        row.setField(MetadataColumns.PARTITION, record.partition());
        row.setField(MetadataColumns.OFFSET, record.offset());
        row.setField(MetadataColumns.INGESTED_AT, OffsetDateTime.now(ZoneOffset.UTC));
        row.setField(MetadataColumns.INGEST_ID, ingestId);
        rows.add(row);
      }
    }
    TableRows.append(table, rows);
    table.updateProperties().set(LandedState.OFFSETS, "0:" + next).commit();
  }

  private List<String> ingestsInTable(String dataset) {
    Table table = table(dataset);
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      return StreamSupport.stream(rows.spliterator(), false)
          .map(row -> String.valueOf(row.getField(MetadataColumns.INGEST_ID)))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Answer undo(String id) {
    return rig.send(HttpRequest.newBuilder(rig.at("/ingest/" + id)).DELETE().build());
  }

  private Answer upload(String dataset, String onDuplicate) {
    return rig.upload(
        "file.csv", FILE.getBytes(UTF_8), Map.of("dataset", dataset, "onDuplicate", onDuplicate));
  }

  private String landed(String dataset) {
    String id = rig.upload(dataset, FILE).text("id");
    rig.awaitRead(id);
    create(dataset, Map.of());
    land(dataset, id);
    return id;
  }

  @Test
  void anUndoneIngestLeavesTheTableAndItsFileMayComeAgain() {
    String id = landed("undo_plain");
    assertThat(rig.get("/ingest/" + id).text("state")).isEqualTo("done");
    Answer undone = undo(id);
    assertThat(undone.status()).isEqualTo(200);
    assertThat(undone.text("state")).isEqualTo("undone");
    JsonNode rows = undone.body().path("rows");
    assertThat(rows.path("landed").asLong()).isZero();
    assertThat(rows.path("undone").asLong()).isEqualTo(3);
    assertThat(ingestsInTable("undo_plain")).isEmpty();
    assertThat(undo(id)).isEqualTo(undone);
    Answer again = rig.upload("undo_plain", FILE);
    assertThat(again.status()).isEqualTo(202);
    rig.awaitRead(again.text("id"));
    land("undo_plain", again.text("id"));
    assertThat(ingestsInTable("undo_plain")).hasSize(3).containsOnly(again.text("id"));
  }

  @Test
  void anIngestThatIsLandingIsUndoneOnceItHasAndAcrossARestart() {
    String dataset = "undo_landing";
    String id;
    try (IngestRig first = IngestRig.start()) {
      id = first.upload(dataset, FILE).text("id");
      first.awaitRead(id);
      create(dataset, Map.of());
      Answer asked = first.send(HttpRequest.newBuilder(first.at("/ingest/" + id)).DELETE().build());
      assertThat(asked.status()).isEqualTo(202);
      assertThat(asked.text("state")).isEqualTo("undoing");
    }
    rig.close();
    rig = IngestRig.start();
    land(dataset, id);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> rig.get("/ingest/" + id).text("state").equals("undone"));
    assertThat(ingestsInTable(dataset)).isEmpty();
  }

  @Test
  void whatReplacesIsAddedBeforeWhatItReplacesLeaves() {
    String dataset = "undo_replaced";
    String former = landed(dataset);
    assertThat(upload(dataset, "skip").text("duplicateOf")).isEqualTo(former);
    assertThat(upload(dataset, "maybe").text("code")).isEqualTo("bad_option");
    String id = upload(dataset, "replace").text("id");
    rig.awaitRead(id);
    assertThat(ingestsInTable(dataset)).hasSize(3).containsOnly(former);
    land(dataset, id);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> rig.get("/ingest/" + former).text("state").equals("undone"));
    assertThat(ingestsInTable(dataset)).hasSize(3).containsOnly(id);
    assertThat(rig.upload(dataset, FILE).text("duplicateOf")).isEqualTo(id);
  }

  @Test
  void theSameIsAddedAgainIfThatIsSaid() {
    String dataset = "undo_appended";
    rig.awaitRead(rig.upload(dataset, FILE).text("id"));
    Answer second = upload(dataset, "append");
    assertThat(second.status()).isEqualTo(202);
    rig.awaitRead(second.text("id"));
    assertThat(rig.rows(dataset)).hasSize(6);
  }

  @Test
  void whatCannotBeUndoneIsSaid() {
    assertThat(undo("nobody").text("code")).isEqualTo("unknown_ingest");
    String id = rig.upload("undo_keyed", FILE).text("id");
    rig.awaitRead(id);
    create("undo_keyed", Map.of(TableKeys.PROPERTY, "a"));
    Answer keyed = undo(id);
    assertThat(keyed.status()).isEqualTo(409);
    assertThat(keyed.text("code")).isEqualTo("dataset_keyed");
  }
}
