package dev.lakehouse.query.derived;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.schemas.event.DerivedTable;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The derived tables of the house, as the topic has them. It is read once; what is written later is
 * on the topic before it counts here. Safe for use by many threads.
 */
final class DerivedLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DerivedLog.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private final Map<String, DerivedTable> known = new ConcurrentSkipListMap<>();
  private final AvroSerde<DerivedTable> values;
  private final KafkaProducer<byte[], byte[]> producer;

  private final Clock clock;

  private DerivedLog(
      AvroSerde<DerivedTable> values, KafkaProducer<byte[], byte[]> producer, Clock clock) {
    this.values = values;
    this.producer = producer;
    this.clock = clock;
  }

  /**
   * Reads the topic, which is made if it is not there.
   *
   * @throws KafkaException if the broker does not answer: try again
   * @throws RegistryException if the registry does not: try again
   */
  static DerivedLog read(KafkaClients clients, SchemaRegistry registry, Clock clock) {
    try (Admin admin = clients.admin()) {
      clients.create(admin, Topics.DERIVED);
    }
    DerivedLog log =
        new DerivedLog(
            Topics.DERIVED.values(registry), clients.producer(Map.of("linger.ms", 0)), clock);
    try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
      TopicPartition partition = new TopicPartition(Topics.DERIVED.name(), 0);
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          log.take(record.key(), record.value());
        }
        if (System.nanoTime() > deadline) {
          throw new KafkaException(Topics.DERIVED.name() + " cannot be read up to its end");
        }
      }
      return log;
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
  }

  private void take(byte @Nullable [] key, byte @Nullable [] value) {
    if (key == null) {
      return;
    }
    String name = new String(key, UTF_8);
    if (value == null) {
      known.remove(name);
      return;
    }
    try {
      known.put(name, values.read(value));
    } catch (SerializationException | RegistryException.UnknownSchema e) {
      LOG.error("what {} says of {} cannot be read", Topics.DERIVED.name(), name, e);
    }
  }

  Optional<DerivedTable> find(String name) {
    return Optional.ofNullable(known.get(name));
  }

  /** All of them by name, also those that have ended. */
  List<DerivedTable> all() {
    return List.copyOf(known.values());
  }

  /**
   * Writes down how one stands.
   *
   * @throws KafkaException if the broker did not acknowledge it
   * @throws RegistryException if the registry does not answer
   */
  synchronized void write(DerivedTable table) {
    send(table.getName(), values.write(table));
    known.put(table.getName(), table);
  }

  /**
   * Writes down a change of one.
   *
   * @return how it stands then
   * @throws KafkaException if the broker did not acknowledge it
   * @throws RegistryException if the registry does not answer
   */
  synchronized DerivedTable change(String name, UnaryOperator<DerivedTable.Builder> change) {
    DerivedTable had =
        find(name).orElseThrow(() -> new IllegalStateException("there is no " + name));
    DerivedTable changed =
        change.apply(DerivedTable.newBuilder(had)).setUpdatedAt(clock.instant()).build();
    write(changed);
    return changed;
  }

  /**
   * Writes down that there is none of this name any more.
   *
   * @throws KafkaException if the broker did not acknowledge it
   */
  synchronized void forget(String name) {
    send(name, null);
    known.remove(name);
  }

  private void send(String name, byte @Nullable [] value) {
    try {
      producer.send(new ProducerRecord<>(Topics.DERIVED.name(), name.getBytes(UTF_8), value)).get();
    } catch (ExecutionException e) {
      throw new KafkaException(Topics.DERIVED.name() + " cannot be written to", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while writing to " + Topics.DERIVED.name(), e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
