package dev.lakehouse.ingest.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.Quarantined;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads one ingest's entries of the topic {@code ingest.quarantine}, which its id is the key of.
 */
public final class QuarantineReader {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration SLACK = Duration.ofMinutes(1);

  private final KafkaClients clients;
  private final AvroSerde<Quarantined> values;

  public QuarantineReader(KafkaClients clients, SchemaRegistry registry) {
    this.clients = clients;
    this.values = Topics.QUARANTINE.values(registry);
  }

  /**
   * One quarantined row or record.
   *
   * @param row row number in the file, from 1, or null
   * @param raw its bytes as text, as far as they are UTF-8, or null
   */
  public record Entry(
      String stage,
      @Nullable Long row,
      @Nullable String topic,
      @Nullable Integer partition,
      @Nullable Long offset,
      String code,
      String reason,
      @Nullable String raw,
      Instant quarantinedAt) {}

  /**
   * Some entries, and where the next are.
   *
   * @param cursor for the next page, or null if there is none now
   */
  public record Page(List<Entry> items, @Nullable String cursor) {}

  /**
   * The entries from the cursor on.
   *
   * @param cursor of the page before, or -1 for the first page
   */
  Page page(IngestProgress progress, int limit, long cursor) {
    byte[] key = progress.getIngestId().getBytes(UTF_8);
    try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
      int count = consumer.partitionsFor(Topics.QUARANTINE.name()).size();
      TopicPartition partition =
          new TopicPartition(
              Topics.QUARANTINE.name(), BuiltInPartitioner.partitionForKey(key, count));
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      consumer.seek(partition, cursor >= 0 ? cursor : first(consumer, partition, progress, end));
      List<Entry> items = new ArrayList<>();
      Set<Entry> seen = new HashSet<>();
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.key() == null
              || !progress.getIngestId().equals(new String(record.key(), UTF_8))) {
            continue;
          }
          if (items.size() == limit) {
            return new Page(items, Long.toString(record.offset()));
          }
          Entry entry = entry(values.read(record.value()));
          if (seen.add(entry)) {
            items.add(entry);
          }
        }
      }
      return new Page(items, null);
    }
  }

  private static long first(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      IngestProgress progress,
      long end) {
    long since = progress.getStartedAt().minus(SLACK).toEpochMilli();
    OffsetAndTimestamp found =
        consumer.offsetsForTimes(Map.of(partition, Math.max(0, since))).get(partition);
    return found == null ? end : found.offset();
  }

  private static Entry entry(Quarantined value) {
    ByteBuffer raw = value.getRaw();
    return new Entry(
        value.getStage().name().toLowerCase(Locale.ROOT),
        value.getRow(),
        value.getTopic(),
        value.getPartition(),
        value.getOffset(),
        value.getCode(),
        value.getReason(),
        raw == null ? null : UTF_8.decode(raw.duplicate()).toString(),
        value.getQuarantinedAt());
  }
}
