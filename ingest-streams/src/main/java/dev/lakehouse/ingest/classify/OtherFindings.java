package dev.lakehouse.ingest.classify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.event.PersonalKind;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The findings that another version of the rules gave. What it called clean counts as not
 * classified until the present version has looked; what it found stays found. Findings of datasets
 * that are no more are taken back.
 */
final class OtherFindings {
  private static final Logger LOG = LoggerFactory.getLogger(OtherFindings.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaClients clients;
  private final AvroSerde<ColumnFinding> values;
  private final int version;

  OtherFindings(KafkaClients clients, SchemaRegistry registry, int version) {
    this.clients = clients;
    this.values = Topics.FINDINGS.values(registry);
    this.version = version;
  }

  /**
   * Withdraws them; to do it again does no harm.
   *
   * @param incarnations the ids of the topics there are
   * @throws KafkaException if broker or registry do not answer within a minute
   */
  void withdraw(Collection<String> incarnations) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = clients.producer(Map.of())) {
      newest()
          .forEach(
              (key, value) -> {
                ColumnFinding finding = read(key, value);
                if (finding == null) {
                  return;
                }
                boolean gone = !incarnations.contains(finding.getIncarnation());
                boolean clean = finding.getKind() == PersonalKind.NONE && finding.getComplete();
                if (finding.getClassifierVersion() != version && (gone || clean)) {
                  finding.setComplete(false);
                  sent.add(
                      producer.send(
                          new ProducerRecord<>(
                              Topics.FINDINGS.name(),
                              key.getBytes(UTF_8),
                              gone ? null : values.write(finding))));
                }
              });
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException("findings could not be withdrawn", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while findings were withdrawn", e);
    }
    LOG.info("{} findings of another classifier version are withdrawn", sent.size());
  }

  /** What cannot be read says nothing of its column, to nobody. */
  private @Nullable ColumnFinding read(String key, byte[] value) {
    try {
      return values.read(value);
    } catch (RegistryException.Unavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("the finding of {} is no finding: {}", key, e.toString());
      return null;
    }
  }

  private Map<String, byte[]> newest() {
    Map<String, byte[]> newest = new LinkedHashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.FINDINGS.name(), PATIENCE).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          String key = record.key() == null ? "" : new String(record.key(), UTF_8);
          if (record.value() == null) {
            newest.remove(key);
          } else {
            newest.put(key, record.value());
          }
        }
        if (System.nanoTime() > deadline) {
          throw new KafkaException(Topics.FINDINGS.name() + " cannot be read up to its end");
        }
      }
    }
    return newest;
  }
}
