package dev.lakehouse.ingest.read;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Which announced files are being read, by their places on the topic. Files end in any order, so
 * what may be committed of a partition is the lowest place that is still open; those beyond it that
 * are over are known from their progress, and passed by when they are met again. Safe for use by
 * many threads.
 */
final class OpenOffsets {
  private final Map<TopicPartition, NavigableSet<Long>> open = new HashMap<>();
  private final Map<TopicPartition, Long> next = new HashMap<>();

  /** The file at this place begins; places of one partition come in their order. */
  synchronized void begin(TopicPartition partition, long offset) {
    open.computeIfAbsent(partition, p -> new TreeSet<>()).add(offset);
    next.put(partition, offset + 1);
  }

  /** There is nothing to be read at this place. */
  synchronized void pass(TopicPartition partition, long offset) {
    next.put(partition, offset + 1);
  }

  /** What may be committed if the file at this place were over: nothing below it is open. */
  synchronized long without(TopicPartition partition, long offset) {
    return open.getOrDefault(partition, new TreeSet<>()).stream()
        .filter(place -> place != offset)
        .findFirst()
        .orElseGet(() -> next.getOrDefault(partition, offset + 1));
  }

  /** The file at this place is over. */
  synchronized void end(TopicPartition partition, long offset) {
    open.getOrDefault(partition, new TreeSet<>()).remove(offset);
  }
}
