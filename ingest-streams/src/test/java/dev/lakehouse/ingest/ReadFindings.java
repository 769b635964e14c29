package dev.lakehouse.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Follows {@code catalog.findings}; asking it again reads what is new. */
final class ReadFindings implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final AvroSerde<ColumnFinding> values;
  private final Map<String, ColumnFinding> newest = new HashMap<>();

  ReadFindings(KafkaClients clients, SchemaRegistry registry) {
    this.consumer = clients.consumer(Map.of());
    this.values = Topics.FINDINGS.values(registry);
    this.partitions =
        consumer.partitionsFor(Topics.FINDINGS.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** The newest finding of each key. */
  Map<String, ColumnFinding> newest() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        String key = new String(record.key(), UTF_8);
        if (record.value() == null) {
          newest.remove(key);
        } else {
          newest.put(key, values.read(record.value()));
        }
      }
    }
    return Map.copyOf(newest);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
