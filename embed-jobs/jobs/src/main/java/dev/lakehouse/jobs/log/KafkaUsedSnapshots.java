package dev.lakehouse.jobs.log;

import dev.lakehouse.jobs.maintain.UsedSnapshots;
import dev.lakehouse.schemas.event.SnapshotUse;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Follows the topic {@code query.snapshots}. Of each dataset the newest few are kept in mind. For
 * one thread.
 */
public final class KafkaUsedSnapshots implements UsedSnapshots, AutoCloseable {
  private static final TopicPartition PLACE = new TopicPartition(Topics.SNAPSHOTS.name(), 0);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroSerde<SnapshotUse> values;
  private final int most;
  private final Clock clock;
  private final Map<String, Map<Long, Instant>> byDataset = new HashMap<>();
  private boolean assigned;

  /**
   * @param most snapshots of a dataset that are kept for queries
   */
  public KafkaUsedSnapshots(KafkaClients clients, SchemaRegistry registry, int most, Clock clock) {
    this.consumer = clients.consumer(Map.of("max.poll.records", 5000));
    this.values = Topics.SNAPSHOTS.values(registry);
    this.most = most;
    this.clock = clock;
  }

  /**
   * {@inheritDoc}
   *
   * @throws KafkaException if they cannot be read up to now: then nothing should be expired
   */
  @Override
  public Set<Long> of(DatasetName dataset) {
    catchUp();
    Map<Long, Instant> uses = byDataset.get(dataset.value());
    if (uses == null) {
      return Set.of();
    }
    Instant now = clock.instant();
    uses.values().removeIf(until -> until.isBefore(now));
    return Set.copyOf(uses.keySet());
  }

  private void catchUp() {
    if (!assigned) {
      if (!consumer.listTopics(PATIENCE).containsKey(PLACE.topic())) {
        return;
      }
      consumer.assign(List.of(PLACE));
      consumer.seekToBeginning(List.of(PLACE));
      assigned = true;
    }
    long end = consumer.endOffsets(List.of(PLACE), PATIENCE).getOrDefault(PLACE, 0L);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (consumer.position(PLACE, PATIENCE) < end) {
      if (System.nanoTime() > deadline) {
        throw new KafkaException(PLACE + " cannot be read up to its end");
      }
      consumer
          .poll(POLL)
          .forEach(
              record -> {
                if (record.value() != null) {
                  take(values.read(record.value()));
                }
              });
    }
  }

  private void take(SnapshotUse use) {
    Map<Long, Instant> uses =
        byDataset.computeIfAbsent(use.getDataset(), dataset -> new LinkedHashMap<>());
    uses.remove(use.getSnapshotId());
    uses.put(use.getSnapshotId(), use.getUntil());
    if (uses.size() > most) {
      uses.remove(uses.keySet().iterator().next());
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
