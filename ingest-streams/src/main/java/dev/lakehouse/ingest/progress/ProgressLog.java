package dev.lakehouse.ingest.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.schemas.event.IngestKind;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The newest progress of every ingest, as the topic {@code ingest.progress} has it. The topic is
 * the truth; this is its copy in memory. Safe for use by many threads.
 */
public final class ProgressLog implements AutoCloseable {
  private final AvroSerde<IngestProgress> values;
  private final Map<String, IngestProgress> newest = new ConcurrentHashMap<>();
  private final Map<String, Checkpoints> checkpoints = new ConcurrentHashMap<>();
  private final TopicTail tail;

  /** Begins to read the topic; {@link #awaitCurrent} waits until it is read. */
  public ProgressLog(KafkaClients clients, Admin admin, SchemaRegistry registry) {
    this.values = Topics.PROGRESS.values(registry);
    this.tail =
        new TopicTail(
            clients,
            admin,
            IntStream.range(0, Topics.PROGRESS.partitions())
                .mapToObj(p -> new TopicPartition(Topics.PROGRESS.name(), p))
                .toList(),
            this::receive);
  }

  private void receive(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null) {
      put(values.read(record.value()));
    }
  }

  /** Takes what was just committed, or is about to be tried, without waiting for the topic. */
  public void put(IngestProgress progress) {
    newest.merge(
        progress.getIngestId(), progress, (had, comes) -> rank(comes) >= rank(had) ? comes : had);
    if (progress.getKind() == IngestKind.FILE && !progress.getEndOffsets().isEmpty()) {
      checkpoints
          .computeIfAbsent(progress.getIngestId(), id -> new Checkpoints())
          .add(
              progress.getRowsRead() - progress.getRowsQuarantined(),
              Checkpoints.vector(progress.getEndOffsets()));
    }
  }

  /** States only go forward, and so do rows within a state. */
  private static long rank(IngestProgress progress) {
    long state =
        switch (progress.getState()) {
          case RECEIVED -> 0;
          case READING -> 1;
          case READ, REJECTED, FAILED -> 2;
        };
    return (state << 56) + progress.getRowsRead();
  }

  /** Whether nothing more will be read of the ingest. */
  public static boolean isOver(IngestProgress progress) {
    return progress.getState() != IngestState.RECEIVED
        && progress.getState() != IngestState.READING;
  }

  /** The newest progress of an ingest, or empty if there is no such ingest. */
  public Optional<IngestProgress> find(String ingestId) {
    return Optional.ofNullable(newest.get(ingestId));
  }

  /** All ingests, in no order. */
  public Stream<IngestProgress> all() {
    return newest.values().stream();
  }

  /** All ingests, the newest first. */
  public Stream<IngestProgress> newestFirst() {
    return all()
        .sorted(
            Comparator.<IngestProgress, Instant>comparing(IngestProgress::getStartedAt)
                .thenComparing(IngestProgress::getIngestId)
                .reversed());
  }

  /** Where the ingest's transactions ended, as far as is known in this process. */
  Checkpoints checkpoints(String ingestId) {
    return checkpoints.getOrDefault(ingestId, new Checkpoints());
  }

  /** Where the ingest's transactions ended need not be known any longer: all has landed. */
  void forgetCheckpoints(String ingestId) {
    checkpoints.remove(ingestId);
  }

  /** The record that announces the progress. */
  public ProducerRecord<byte[], byte[]> record(IngestProgress progress) {
    return new ProducerRecord<>(
        Topics.PROGRESS.name(), progress.getIngestId().getBytes(UTF_8), values.write(progress));
  }

  /** Returns once everything is known that was committed before the call. */
  public void awaitCurrent() {
    tail.awaitCurrent();
  }

  /** Whether the topic is still followed. */
  public boolean isAlive() {
    return tail.isAlive();
  }

  /** How many ingests are in each state. */
  public Map<IngestState, Long> counts() {
    Map<IngestState, Long> counts = new TreeMap<>();
    all().forEach(progress -> counts.merge(progress.getState(), 1L, Long::sum));
    return counts;
  }

  @Override
  public void close() {
    tail.close();
  }
}
