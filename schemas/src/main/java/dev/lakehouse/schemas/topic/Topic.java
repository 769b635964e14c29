package dev.lakehouse.schemas.topic;

import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A topic as one object: its name, its shape and what its values are. Keys are strings.
 *
 * @param name the topic's name
 * @param valueType the Avro class of its values; their subject is {@code <name>-value}
 * @param partitions how many partitions it is created with
 * @param settings topic settings it is created with, as Kafka names them (retention, clean-up, …)
 */
public record Topic<V extends SpecificRecord>(
    String name, Class<V> valueType, int partitions, Map<String, String> settings) {

  public Topic {
    settings = Map.copyOf(settings);
  }

  /** Reads and writes this topic's values in the Confluent wire format. */
  public AvroSerde<V> values(SchemaRegistry registry) {
    return new AvroSerde<>(registry, name + "-value", valueType);
  }

  /** What to ask of the broker; the replication factor is the broker's default. */
  public NewTopic toCreate() {
    return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
  }
}
