package dev.lakehouse.local;

import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import java.net.URI;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A program of somebody else: a plain Kafka producer of Avro in the Confluent wire format.
 * Arguments: bootstrap servers, the registry's address, the dataset, how many records.
 */
final class ForeignProducer {
  private ForeignProducer() {}

  public static void main(String[] args) {
    String topic = "data." + args[2];
    Schema schema =
        SchemaBuilder.record("Visit").fields().requiredLong("id").requiredString("who").endRecord();
    int id = new SchemaRegistry(URI.create(args[1]), Map.of()).register(topic + "-value", schema);
    ConfluentWire.Writer<Object> writer = ConfluentWire.Writer.generic(id, schema);
    Map<String, Object> settings = Map.of("bootstrap.servers", args[0]);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long n = 0; n < Long.parseLong(args[3]); n++) {
        GenericData.Record record = new GenericData.Record(schema);
        record.put("id", n);
        record.put("who", "visitor " + n);
        var unused = producer.send(new ProducerRecord<>(topic, writer.write(record)));
      }
      producer.flush();
    }
  }
}
