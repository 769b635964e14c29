package dev.lakehouse.ingest.progress;

import dev.lakehouse.ingest.progress.Answers.Place;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads single records of {@code ingest.progress} again. Safe for use by many threads. */
final class ProgressReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();

  private final AvroSerde<IngestProgress> values;
  private final KafkaConsumer<byte[], byte[]> consumer;

  ProgressReader(KafkaClients clients, AvroSerde<IngestProgress> values) {
    this.values = values;
    this.consumer =
        clients.reader(
            Map.of("max.partition.fetch.bytes", 64 << 10, "default.api.timeout.ms", 15_000));
  }

  /**
   * What is at these places, by ingest id; nothing for a place that the topic has forgotten.
   *
   * @throws KafkaException if the broker does not answer in time
   */
  synchronized Map<String, IngestProgress> read(Collection<Place> places) {
    Map<Integer, NavigableMap<Long, Place>> wanted = new TreeMap<>();
    places.forEach(
        place ->
            wanted
                .computeIfAbsent(place.partition(), p -> new TreeMap<>())
                .put(place.offset(), place));
    Map<String, IngestProgress> found = new HashMap<>();
    wanted.forEach((partition, byOffset) -> read(partition, byOffset, found));
    return found;
  }

  private void read(
      int number, NavigableMap<Long, Place> wanted, Map<String, IngestProgress> found) {
    TopicPartition partition = new TopicPartition(Topics.PROGRESS.name(), number);
    consumer.assign(List.of(partition));
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    Long next = wanted.firstKey();
    while (next != null) {
      consumer.seek(partition, next);
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Place place = wanted.get(record.offset());
        if (place != null && record.value() != null) {
          found.put(place.ingestId(), values.read(record.value()));
        }
      }
      next = wanted.ceilingKey(consumer.position(partition));
      if (next != null && System.nanoTime() > deadline) {
        throw new KafkaException(partition + " cannot be read at " + next);
      }
    }
  }

  @Override
  public synchronized void close() {
    consumer.close();
  }
}
