package dev.lakehouse.ingest.classify;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that hands on what it fetched of a partition as one record, a {@link Run}, whose
 * offset is the last one accounted for. What lies between is committed with it, so a run is
 * processed whole or again.
 */
final class RunConsumer extends KafkaConsumer<byte[], byte[]> {
  private static final int MOST_BYTES = 8 << 20;

  private final Predicate<String> bundled;
  private final Clock clock;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Map<TopicPartition, Sampling> samplings = new HashMap<>();

  /**
   * @param bundled the topics whose records are handed on as runs; others pass as they are
   */
  RunConsumer(Map<String, Object> settings, Predicate<String> bundled, Clock clock) {
    super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.bundled = bundled;
    this.clock = clock;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> fetched = super.poll(timeout);
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> handed = new HashMap<>();
    Set<TopicPartition> partitions = new HashSet<>(fetched.partitions());
    partitions.addAll(fetched.nextOffsets().keySet());
    for (TopicPartition partition : partitions) {
      if (!bundled.test(partition.topic())) {
        handed.put(partition, fetched.records(partition));
        continue;
      }
      List<ConsumerRecord<byte[], byte[]>> records = fetched.records(partition);
      OffsetAndMetadata next = fetched.nextOffsets().get(partition);
      long to =
          next != null
              ? next.offset()
              : records.isEmpty() ? 0 : records.get(records.size() - 1).offset() + 1;
      if (!records.isEmpty() || to > ends.getOrDefault(partition, Long.MAX_VALUE)) {
        handed.put(partition, List.of(run(partition, records, to)));
      }
    }
    handed.values().removeIf(List::isEmpty);
    return new ConsumerRecords<>(handed, fetched.nextOffsets());
  }

  private ConsumerRecord<byte[], byte[]> run(
      TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long to) {
    Sampling sampling = samplings.computeIfAbsent(partition, any -> new Sampling(System::nanoTime));
    sampling.begin();
    List<byte[]> kept = new ArrayList<>();
    int bytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.value() != null && sampling.keeps() && bytes < MOST_BYTES) {
        kept.add(record.value());
        bytes += record.value().length;
      }
    }
    Long end = ends.put(partition, to);
    long first = records.isEmpty() ? to : records.get(0).offset();
    long from = end == null || end > first ? first : end;
    byte[] value = new Run(from, to, records.size(), kept).write();
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        to - 1,
        clock.millis(),
        TimestampType.CREATE_TIME,
        0,
        value.length,
        null,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
