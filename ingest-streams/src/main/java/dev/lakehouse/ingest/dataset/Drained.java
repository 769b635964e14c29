package dev.lakehouse.ingest.dataset;

import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.table.OffsetVector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Tells whether a table has read its topic to the end. */
final class Drained {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

  private final KafkaClients clients;
  private final DataTopics topics;

  Drained(KafkaClients clients, DataTopics topics) {
    this.clients = clients;
    this.topics = topics;
  }

  /**
   * Whether nothing is in the topic beyond these offsets, and no transaction is open that may still
   * bring something. What a table need not record, the markers of transactions, is nothing.
   */
  boolean isDrained(String topic, OffsetVector recorded) {
    Map<Integer, Long> ends = topics.offsets(topic, OffsetSpec.latest());
    if (!topics.stableEnds(topic).equals(ends)) {
      return false;
    }
    Map<Integer, Long> starts = topics.offsets(topic, OffsetSpec.earliest());
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              long from =
                  Math.max(recorded.of(end.getKey()), starts.getOrDefault(end.getKey(), 0L));
              return from >= end.getValue()
                  || isEmpty(new TopicPartition(topic, end.getKey()), from, end.getValue());
            });
  }

  private boolean isEmpty(TopicPartition place, long from, long to) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
      consumer.assign(List.of(place));
      consumer.seek(place, from);
      while (System.nanoTime() < deadline) {
        if (!consumer.poll(POLL).isEmpty()) {
          return false;
        } else if (consumer.position(place) >= to) {
          return true;
        }
      }
      return false;
    }
  }
}
