package dev.lakehouse.ingest.classify;

import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;

/**
 * The graph: runs of records → observations, by topic id over a fixed number of partitions →
 * evidence and findings. Only the second half keeps state, so the number of partitions of the
 * topics that are read does not matter to it.
 */
final class ClassifyTopology {
  /** Over how many partitions evidence is spread, whatever the topics have. */
  static final int PARTITIONS = 4;

  private ClassifyTopology() {}

  /**
   * Builds the graph.
   *
   * @param sources the topics that are read; their values are {@link Run}s
   */
  static Topology of(Pattern sources, SchemaRegistry registry, Judge.Parts parts) {
    Serde<ColumnFinding> findings = Topics.FINDINGS.values(registry);
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(EvidenceStore.NAME),
                Serdes.String(),
                Serdes.ByteArray())
            .withCachingEnabled());
    builder.stream(sources, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .process(() -> new Observer(registry, parts.topics(), parts.clock()))
        .repartition(
            Repartitioned.<String, byte[]>as("observations")
                .withKeySerde(Serdes.String())
                .withValueSerde(Serdes.ByteArray())
                .withNumberOfPartitions(PARTITIONS))
        .process(() -> new Judge(parts), EvidenceStore.NAME)
        .to(Topics.FINDINGS.name(), Produced.with(Serdes.String(), findings));
    return builder.build();
  }
}
