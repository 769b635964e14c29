package dev.lakehouse.ingest.classify;

import dev.lakehouse.schemas.kafka.KafkaClients;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** The clients of the topology, whose main consumer hands on runs. */
final class RunSupplier implements KafkaClientSupplier {
  private final KafkaClients clients;
  private final Predicate<String> bundled;
  private final Clock clock;

  RunSupplier(KafkaClients clients, Predicate<String> bundled, Clock clock) {
    this.clients = clients;
    this.bundled = bundled;
    this.clock = clock;
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    Properties settings = clients.common();
    settings.putAll(config);
    return Admin.create(settings);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new RunConsumer(new HashMap<>(config), bundled, clock);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return plain(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return plain(config);
  }

  private static Consumer<byte[], byte[]> plain(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
