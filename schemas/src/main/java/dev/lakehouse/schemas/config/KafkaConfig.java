package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.util.Map;

/**
 * {@code [kafka]}: the broker.
 *
 * @param bootstrap bootstrap servers of an external cluster; empty for the embedded broker
 * @param port the embedded broker's port; 0 derives it from the server's
 * @param partitions how many partitions a new dataset's topic gets
 * @param properties given to every client as Kafka names them, from {@code [kafka.properties]}
 */
public record KafkaConfig(
    String bootstrap, int port, int partitions, Map<String, String> properties)
    implements Serializable {
  static KafkaConfig from(Settings settings) {
    return new KafkaConfig(
        settings.text("kafka.bootstrap", ""),
        settings.count("kafka.port", 0, 0, 65535),
        settings.count("kafka.partitions", 1, 1, 1000),
        settings.map("kafka.properties"));
  }

  /** Whether the broker is one of this process's parts. */
  public boolean embedded() {
    return bootstrap.isEmpty();
  }

  /** The same with the bootstrap servers known. */
  public KafkaConfig at(String servers) {
    return new KafkaConfig(servers, port, partitions, properties);
  }
}
