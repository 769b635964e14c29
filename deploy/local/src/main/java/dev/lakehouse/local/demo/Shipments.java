package dev.lakehouse.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Sends shipments as any program with a Kafka producer could: Avro in the Confluent wire format on
 * a topic named {@code data.…}, the schema in the registry, and nothing else arranged.
 */
final class Shipments {
  static final String DATASET = "demo_shipments";

  private static final String TOPIC = "data." + DATASET;
  private static final Schema SCHEMA =
      SchemaBuilder.record("Shipment")
          .namespace("demo")
          .fields()
          .requiredLong("order_id")
          .requiredString("carrier")
          .requiredDouble("weight_kg")
          .name("shipped_at")
          .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
          .noDefault()
          .endRecord();

  private final KafkaClients clients;
  private final SchemaRegistry registry;

  Shipments(KafkaClients clients, SchemaRegistry registry) {
    this.clients = clients;
    this.registry = registry;
  }

  /** Whether they have been sent before; all of them or none, as they go in one transaction. */
  boolean areThere() throws InterruptedException {
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    try (Admin admin = clients.admin()) {
      return admin
              .listOffsets(Map.of(partition, OffsetSpec.latest()))
              .partitionResult(partition)
              .get()
              .offset()
          > 0;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw new IllegalStateException("the broker does not say how far " + TOPIC + " goes", e);
    }
  }

  void send(List<JsonNode> shipments) {
    int id = registry.register(TOPIC + "-value", SCHEMA);
    ConfluentWire.Writer<Object> writer = ConfluentWire.Writer.generic(id, SCHEMA);
    try (KafkaProducer<byte[], byte[]> producer =
        clients.transactional("lakehouse-demo", Map.of())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (JsonNode shipment : shipments) {
        GenericData.Record record = new GenericData.Record(SCHEMA);
        record.put("order_id", shipment.get("order_id").asLong());
        record.put("carrier", shipment.get("carrier").asText());
        record.put("weight_kg", shipment.get("weight_kg").asDouble());
        record.put("shipped_at", Instant.parse(shipment.get("shipped_at").asText()).toEpochMilli());
        // The commit throws what any of the sends ran into.
        var unused = producer.send(new ProducerRecord<>(TOPIC, writer.write(record)));
      }
      producer.commitTransaction();
    }
  }
}
