package dev.lakehouse.ingest.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.schemas.event.Replayed;
import dev.lakehouse.schemas.event.ReplayedEntry;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Which entries of quarantine were replayed, as the topic {@code ingest.replays} has it; a bit or
 * two of memory for each. What the landing refused counts by its own place, since the landing may
 * say it twice. Safe for use by many threads.
 */
public final class Replays implements AutoCloseable {
  private final AvroSerde<Replayed> values;
  private final Map<Partition, OffsetSet> replayed = new ConcurrentHashMap<>();
  private final TopicTail tail;

  private record Partition(String origin, int number) {}

  /** Begins to read the topic; {@link #awaitCurrent} waits until it is read. */
  public Replays(KafkaClients clients, Admin admin, SchemaRegistry registry) {
    this.values = Topics.REPLAYS.values(registry);
    this.tail =
        new TopicTail(
            clients,
            admin,
            IntStream.range(0, Topics.REPLAYS.partitions())
                .mapToObj(p -> new TopicPartition(Topics.REPLAYS.name(), p))
                .toList(),
            this::receive);
  }

  private void receive(ConsumerRecord<byte[], byte[]> record) {
    put(values.read(record.value()));
  }

  /** Takes what was just committed, without waiting for the topic. */
  public void put(Replayed record) {
    record
        .getEntries()
        .forEach(
            entry ->
                replayed
                    .computeIfAbsent(partition(entry), any -> new OffsetSet())
                    .add(offset(entry)));
  }

  /** Whether the entry was replayed, and is in quarantine no longer. */
  public boolean contains(QuarantineEntry entry) {
    ReplayedEntry mark = entry.mark();
    OffsetSet offsets = replayed.get(partition(mark));
    return offsets != null && offsets.contains(offset(mark));
  }

  private static Partition partition(ReplayedEntry entry) {
    return entry.getOrigin().isEmpty()
        ? new Partition("", entry.getPartition())
        : new Partition(entry.getOrigin(), entry.getOriginPartition());
  }

  private static long offset(ReplayedEntry entry) {
    return entry.getOrigin().isEmpty() ? entry.getOffset() : entry.getOriginOffset();
  }

  /** The record that says so. */
  public ProducerRecord<byte[], byte[]> record(Replayed value) {
    return new ProducerRecord<>(
        Topics.REPLAYS.name(), value.getDataset().getBytes(UTF_8), values.write(value));
  }

  /** Returns once everything is known that was committed before the call. */
  public void awaitCurrent() {
    tail.awaitCurrent();
  }

  @Override
  public void close() {
    tail.close();
  }
}
