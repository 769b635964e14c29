package dev.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.embedded.EmbeddedParts;
import dev.lakehouse.query.catalog.FindingsLog;
import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.event.PersonalKind;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.TableKeys;
import dev.lakehouse.schemas.topic.Topics;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.SchemaBuilder;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the catalog says of a table's columns, from its first row on, over a real broker. */
class FindingsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Schema SCHEMA =
      new Schema(
          NestedField.required(1, "id", Types.LongType.get()),
          NestedField.optional(2, "mail", Types.StringType.get()));

  @Test
  void theStateOfEachColumnFollowsItsFindings(@TempDir Path directory) throws Exception {
    try (EmbeddedParts parts = EmbeddedParts.start(directory.resolve("parts"), Map.of())) {
      KafkaClients clients = new KafkaClients(parts.config().kafka());
      SchemaRegistry registry =
          new SchemaRegistry(URI.create(parts.config().registry().url()), Map.of());
      try (KafkaProducer<byte[], byte[]> producer = clients.producer(Map.of());
          Lake lake = Lake.in(directory, FindingsLog.start(clients, registry))) {
        Table table = lake.create("people", SCHEMA);
        landed(table, "inc-1", "0:10");
        assertThat(states(lake, "people")).containsExactly("unclassified", "unclassified");

        send(producer, registry, 1, PersonalKind.NONE, 9);
        send(producer, registry, 2, PersonalKind.EMAIL, 9);
        eventually()
            .until(() -> states(lake, "people").equals(List.of("classifying", "sensitive")));
        send(producer, registry, 1, PersonalKind.NONE, 10);
        eventually().until(() -> states(lake, "people").equals(List.of("clean", "sensitive")));

        landed(table, "inc-1", "0:11");
        assertThat(states(lake, "people")).containsExactly("classifying", "sensitive");

        table.updateSchema().deleteColumn("id").commit();
        table.updateSchema().addColumn("id", Types.LongType.get()).commit();
        assertThat(states(lake, "people")).containsExactly("sensitive", "unclassified");

        byte[] key = Topics.findingKey("inc-1", 2).getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(Topics.FINDINGS.name(), key, new byte[] {1, 2})).get();
        eventually().until(() -> states(lake, "people").get(0).equals("unclassified"));
        for (int id : List.of(987_654, otherSchema(registry))) {
          send(producer, registry, 2, PersonalKind.NONE, 11);
          eventually().until(() -> states(lake, "people").get(0).equals("clean"));
          byte[] framed = ByteBuffer.allocate(8).put((byte) 0).putInt(id).array();
          producer.send(new ProducerRecord<>(Topics.FINDINGS.name(), key, framed)).get();
          eventually().until(() -> states(lake, "people").get(0).equals("unclassified"));
        }
        send(producer, registry, 2, PersonalKind.NONE, 11);
        eventually().until(() -> states(lake, "people").get(0).equals("clean"));
        producer.send(new ProducerRecord<>(Topics.FINDINGS.name(), key, null)).get();
        eventually().until(() -> states(lake, "people").get(0).equals("unclassified"));

        send(producer, registry, 2, PersonalKind.EMAIL, 11);
      }
      try (Lake later =
          Lake.in(
              Files.createDirectory(directory.resolve("later")),
              FindingsLog.start(clients, registry))) {
        landed(later.create("people", SCHEMA), "inc-1", "0:10");
        assertThat(states(later, "people"))
            .as("findings are read to their end before the first answer")
            .containsExactly("clean", "sensitive");
        landed(later.create("others", SCHEMA), "inc-2", "0:1");
        assertThat(states(later, "others")).containsExactly("unclassified", "unclassified");
      }
    }
  }

  @Test
  void tellsHowADatasetWasDeclared(@TempDir Path directory) {
    try (Lake lake = Lake.in(directory)) {
      Table table =
          lake.create("orders", SCHEMA, PartitionSpec.builderFor(SCHEMA).bucket("id", 16).build());
      table.updateProperties().set(TableKeys.PROPERTY, TableKeys.write(List.of("id"))).commit();
      table.replaceSortOrder().desc("mail").commit();
      JsonNode orders = Lake.json(lake.get("/catalog/datasets/by-name/orders"));
      assertThat(orders.get("keys").toString()).isEqualTo("[\"id\"]");
      assertThat(orders.get("partitions").toString())
          .isEqualTo("[{\"column\":\"id\",\"transform\":\"bucket[16]\"}]");
      assertThat(orders.get("sortOrder").toString())
          .isEqualTo(
              "[{\"column\":\"mail\",\"transform\":\"identity\",\"direction\":\"desc\","
                  + "\"nulls\":\"last\"}]");
      assertThat(orders.get("rows").asLong()).isZero();
      assertThat(orders.get("columns").get(0).get("nullable").asBoolean()).isFalse();
    }
  }

  private static int otherSchema(SchemaRegistry registry) {
    return registry.register(
        "other-value", SchemaBuilder.record("other").fields().requiredInt("number").endRecord());
  }

  private static ConditionFactory eventually() {
    return await().atMost(PATIENCE);
  }

  private static List<String> states(Lake lake, String dataset) {
    JsonNode columns = Lake.json(lake.get("/catalog/datasets/by-name/" + dataset)).get("columns");
    return columns.findValuesAsText("state");
  }

  private static void landed(Table table, String incarnation, String offsets) {
    table
        .updateProperties()
        .set(LandedState.TOPIC, "data.people")
        .set(LandedState.TOPIC_ID, incarnation)
        .set(LandedState.OFFSETS, offsets)
        .commit();
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      SchemaRegistry registry,
      int fieldId,
      PersonalKind kind,
      long next)
      throws Exception {
    ColumnFinding finding =
        ColumnFinding.newBuilder()
            .setDataset("people")
            .setTopic("data.people")
            .setIncarnation("inc-1")
            .setFieldId(fieldId)
            .setColumn("c")
            .setKind(kind)
            .setConfidence(0.99)
            .setValues(next)
            .setExamined(next)
            .setOffsets(Map.of("0", next))
            .setClassifierVersion(1)
            .setUpdatedAt(Instant.EPOCH)
            .build();
    byte[] key = Topics.findingKey("inc-1", fieldId).getBytes(StandardCharsets.UTF_8);
    byte[] value = Topics.FINDINGS.values(registry).write(finding);
    producer.send(new ProducerRecord<>(Topics.FINDINGS.name(), key, value)).get();
  }
}
