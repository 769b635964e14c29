package dev.lakehouse.ingest.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * What is known of datasets besides their tables, as it is on {@code catalog.findings} and {@code
 * landing.status}. Reads the whole topic for an answer, which is seldom asked for.
 */
final class FindingsTopic {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  private final KafkaClients clients;
  private final AvroSerde<ColumnFinding> values;

  FindingsTopic(KafkaClients clients, SchemaRegistry registry) {
    this.clients = clients;
    this.values = Topics.FINDINGS.values(registry);
  }

  /**
   * The findings of an incarnation, by their keys.
   *
   * @throws KafkaException if the broker does not answer
   */
  Map<String, byte[]> of(String incarnation) {
    TopicPartition place = new TopicPartition(Topics.FINDINGS.name(), 0);
    String prefix = Topics.findingKey(incarnation, 0).replaceFirst("0$", "");
    Map<String, byte[]> found = new HashMap<>();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    try (KafkaConsumer<byte[], byte[]> consumer = clients.reader(Map.of())) {
      consumer.assign(List.of(place));
      long end = consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
      while (consumer.position(place) < end) {
        consumer
            .poll(POLL)
            .forEach(
                record -> {
                  String key = record.key() == null ? "" : new String(record.key(), UTF_8);
                  if (key.startsWith(prefix) && record.value() == null) {
                    found.remove(key);
                  } else if (key.startsWith(prefix)) {
                    found.put(key, record.value());
                  }
                });
        if (System.nanoTime() > deadline) {
          throw new KafkaException(place + " cannot be read to its end");
        }
      }
    }
    return found;
  }

  ColumnFinding read(byte[] value) {
    return values.read(value);
  }

  ColumnFinding read(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return values.read(bytes);
  }

  /** Publishes findings, by their keys. */
  void publish(Map<String, ColumnFinding> findings) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    findings.forEach(
        (key, finding) ->
            records.add(
                new ProducerRecord<>(
                    Topics.FINDINGS.name(), key.getBytes(UTF_8), values.write(finding))));
    send(records);
  }

  /** Takes back what is known of a dataset's columns and of how its landing runs. */
  void forget(String incarnation, List<String> landings) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    of(incarnation).keySet().forEach(key -> records.add(nothing(Topics.FINDINGS.name(), key)));
    landings.forEach(name -> records.add(nothing(Topics.LANDING.name(), name)));
    send(records);
  }

  private static ProducerRecord<byte[], byte[]> nothing(String topic, String key) {
    return new ProducerRecord<>(topic, key.getBytes(UTF_8), null);
  }

  private void send(List<ProducerRecord<byte[], byte[]>> records) {
    try (KafkaProducer<byte[], byte[]> producer = clients.producer(Map.of("linger.ms", 0))) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      records.forEach(record -> sent.add(producer.send(record)));
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException("what is known of a dataset could not be written", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while writing what is known of a dataset", e);
    }
  }
}
