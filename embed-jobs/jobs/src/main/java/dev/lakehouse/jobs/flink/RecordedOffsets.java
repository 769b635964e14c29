package dev.lakehouse.jobs.flink;

import dev.lakehouse.jobs.land.Source;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.OffsetVector;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts each partition where its table says it has read to, or at the earliest. Both are only for
 * speed: what the table has is dropped, what it lacks is read again.
 */
final class RecordedOffsets implements OffsetsInitializer {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(RecordedOffsets.class);

  private final LakehouseConfig config;

  RecordedOffsets(LakehouseConfig config) {
    this.config = config;
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    try (LakeCatalog catalog = LakeCatalog.open(config.catalog())) {
      Map<String, OffsetVector> known = new HashMap<>();
      for (TopicPartition partition : partitions) {
        OffsetVector recorded =
            known.computeIfAbsent(partition.topic(), topic -> recorded(catalog, topic));
        Long next = recorded.next().get(partition.partition());
        if (next != null) {
          offsets.put(partition, next);
        }
      }
    }
    List<TopicPartition> others =
        partitions.stream().filter(partition -> !offsets.containsKey(partition)).toList();
    if (!others.isEmpty()) {
      offsets.putAll(earliest(others, retriever));
    }
    return offsets;
  }

  /**
   * The first offsets there are, as numbers: a checkpoint that says only "the earliest" of a topic
   * that was deleted since would hold up the source that starts from it.
   */
  private static Map<TopicPartition, Long> earliest(
      List<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    try {
      return retriever.beginningOffsets(partitions);
    } catch (RuntimeException e) {
      LOG.warn("the broker does not say where {} start; they are read from the start", partitions);
      Map<TopicPartition, Long> unknown = new HashMap<>();
      partitions.forEach(place -> unknown.put(place, KafkaPartitionSplit.EARLIEST_OFFSET));
      return unknown;
    }
  }

  private OffsetVector recorded(LakeCatalog catalog, String topic) {
    try {
      return Source.of(topic, config)
          .flatMap(source -> catalog.table(source.dataset()))
          .flatMap(LandedState::of)
          .filter(state -> state.topic().equals(topic))
          .map(LandedState::offsets)
          .orElse(OffsetVector.NONE);
    } catch (RuntimeException e) {
      LOG.warn(
          "the table of {} does not say its offsets; its topic is read from the start", topic, e);
      return OffsetVector.NONE;
    }
  }

  @Override
  @SuppressWarnings("deprecation") // the connector's interface asks for it
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
