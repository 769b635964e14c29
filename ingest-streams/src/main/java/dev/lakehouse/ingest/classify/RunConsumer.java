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
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer that hands on what it fetched of a partition as one record, a {@link Run}, whose
 * offset is the first one accounted for: that is where a commit before it goes on, so a run is
 * processed whole or again. Records that the log lost before they were fetched are not accounted
 * for: a run after them begins where the log does. A partition with nothing to fetch is handed on
 * once too, as an empty run.
 */
final class RunConsumer extends KafkaConsumer<byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(RunConsumer.class);
  private static final int MOST_BYTES = 8 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Predicate<String> bundled;
  private final Clock clock;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Set<TopicPartition> met = new HashSet<>();
  private final Set<TopicPartition> announced = new HashSet<>();

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
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(fetched.nextOffsets());
    Set<TopicPartition> strangers = meet();
    Set<TopicPartition> partitions = new HashSet<>(fetched.partitions());
    partitions.addAll(next.keySet());
    Map<TopicPartition, Long> starts = startsAfterGaps(fetched);
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> handed = new HashMap<>();
    for (TopicPartition partition : partitions) {
      if (!bundled.test(partition.topic())) {
        handed.put(partition, fetched.records(partition));
        continue;
      }
      List<ConsumerRecord<byte[], byte[]>> records = fetched.records(partition);
      OffsetAndMetadata after = next.get(partition);
      long to =
          after != null
              ? after.offset()
              : records.isEmpty() ? 0 : records.get(records.size() - 1).offset() + 1;
      if (!records.isEmpty() || to > ends.getOrDefault(partition, Long.MAX_VALUE)) {
        strangers.remove(partition);
        long start = starts.getOrDefault(partition, 0L);
        handed.put(partition, runs(partition, records, start, to));
      }
    }
    for (TopicPartition partition : strangers) {
      long position = position(partition);
      if (position > 0) {
        handed.put(partition, List.of(run(partition, List.of(), 0, position)));
        next.put(partition, new OffsetAndMetadata(position));
      }
      announced.add(partition);
    }
    handed.values().removeIf(List::isEmpty);
    return new ConsumerRecords<>(handed, next);
  }

  /**
   * Learns where partitions that were given to this consumer begin, and forgets those it was taken
   * from.
   *
   * @return those that are not handed on yet and have nothing more to read: also a log that is
   *     empty says how far it was read
   */
  private Set<TopicPartition> meet() {
    Set<TopicPartition> assigned = new HashSet<>(assignment());
    assigned.removeIf(partition -> !bundled.test(partition.topic()));
    if (!met.containsAll(assigned) || met.size() > assigned.size()) {
      met.retainAll(assigned);
      ends.keySet().retainAll(assigned);
      announced.retainAll(assigned);
      Set<TopicPartition> unmet = new HashSet<>(assigned);
      unmet.removeAll(met);
      try {
        committed(unmet, PATIENCE)
            .forEach(
                (partition, at) -> {
                  if (at != null) {
                    ends.put(partition, at.offset());
                  }
                });
        met.addAll(unmet);
      } catch (TimeoutException e) {
        LOG.debug("where {} go on is not known yet", unmet, e);
      }
    }
    if (announced.size() == met.size()) {
      return new HashSet<>();
    }
    Set<TopicPartition> strangers = new HashSet<>(met);
    strangers.removeAll(announced);
    strangers.removeAll(paused());
    strangers.removeIf(partition -> currentLag(partition).orElse(1) != 0);
    return strangers;
  }

  /** Where the logs begin of partitions of which something was passed over. */
  private Map<TopicPartition, Long> startsAfterGaps(ConsumerRecords<byte[], byte[]> fetched) {
    Set<TopicPartition> gaps = new HashSet<>();
    for (TopicPartition partition : fetched.partitions()) {
      Long end = ends.get(partition);
      if (end != null && fetched.records(partition).get(0).offset() > end) {
        gaps.add(partition);
      }
    }
    if (gaps.isEmpty()) {
      return Map.of();
    }
    try {
      return beginningOffsets(gaps, PATIENCE);
    } catch (TimeoutException e) {
      Map<TopicPartition, Long> firsts = new HashMap<>();
      gaps.forEach(gap -> firsts.put(gap, fetched.records(gap).get(0).offset()));
      return firsts;
    }
  }

  /** One run, or several where the records are large. */
  private List<ConsumerRecord<byte[], byte[]>> runs(
      TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long start, long to) {
    List<ConsumerRecord<byte[], byte[]>> runs = new ArrayList<>();
    int first = 0;
    long bytes = 0;
    for (int i = 0; i < records.size(); i++) {
      byte[] value = records.get(i).value();
      int size = value == null ? 0 : value.length;
      if (bytes > 0 && bytes + size > MOST_BYTES) {
        runs.add(run(partition, records.subList(first, i), start, records.get(i).offset()));
        first = i;
        bytes = 0;
      }
      bytes += size;
    }
    runs.add(run(partition, records.subList(first, records.size()), start, to));
    return runs;
  }

  private ConsumerRecord<byte[], byte[]> run(
      TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long start, long to) {
    List<byte[]> values = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.value() != null) {
        values.add(record.value());
      }
    }
    Long end = ends.put(partition, to);
    long first = records.isEmpty() ? to : records.get(0).offset();
    long from = end == null || end > first ? first : Math.max(end, start);
    announced.add(partition);
    byte[] value = Run.write(from, to, values);
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        from,
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
