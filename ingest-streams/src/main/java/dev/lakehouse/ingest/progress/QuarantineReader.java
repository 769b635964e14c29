package dev.lakehouse.ingest.progress;

import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.QuarantineStage;
import dev.lakehouse.schemas.event.Quarantined;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries of the topic {@code ingest.quarantine}; those that were replayed, and those of a
 * dataset that was deleted, are there no longer, and one that the landing said twice is there once.
 * Safe for use by many threads.
 */
public final class QuarantineReader {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();

  /** Of a page: an entry's bytes may be half a megabyte. */
  private static final long LARGEST_PAGE = 8L << 20;

  /** Looked through for one page at most, so that an answer comes soon. */
  private static final long LONGEST_LOOK = 64L << 20;

  private final KafkaClients clients;
  private final AvroSerde<Quarantined> values;
  private final ProgressLog log;
  private final Incarnations incarnations;
  private final Replays replays;
  private final LandingQuarantine landing;

  public QuarantineReader(
      KafkaClients clients,
      SchemaRegistry registry,
      ProgressLog log,
      Incarnations incarnations,
      Replays replays,
      LandingQuarantine landing) {
    this.clients = clients;
    this.values = Topics.QUARANTINE.values(registry);
    this.log = log;
    this.incarnations = incarnations;
    this.replays = replays;
    this.landing = landing;
  }

  /**
   * Some entries, and where to go on.
   *
   * @param cursor for the next page, which may be there although this one is short; null if there
   *     is none now
   */
  public record Page(List<QuarantineEntry.View> items, @Nullable String cursor) {}

  /**
   * The entries from the cursor on: at most so many, and at most 8 MiB unless it is one alone.
   *
   * @throws KafkaException if the broker does not answer
   */
  public Page page(QuarantineScope scope, int limit, Optional<EntryId> cursor) {
    List<QuarantineEntry.View> items = new ArrayList<>();
    long[] bytes = new long[1];
    Optional<EntryId> next =
        scan(
            scope,
            cursor,
            entry -> {
              bytes[0] += entry.bytes();
              if (items.size() == limit || (!items.isEmpty() && bytes[0] > LARGEST_PAGE)) {
                return false;
              }
              items.add(entry.view());
              return true;
            });
    return new Page(items, next.map(EntryId::toString).orElse(null));
  }

  /**
   * Hands the entries over in their order until one is not taken, or much was looked through.
   *
   * @param take says whether it took the entry
   * @return where to go on, or empty if there was no more
   */
  public Optional<EntryId> scan(
      QuarantineScope scope, Optional<EntryId> cursor, Predicate<QuarantineEntry> take) {
    try (KafkaConsumer<byte[], byte[]> consumer = clients.reader(Map.of())) {
      int count = consumer.partitionsFor(Topics.QUARANTINE.name()).size();
      long looked = 0;
      for (int number : scope.partitions(count)) {
        if (cursor.isPresent() && number < cursor.get().partition()) {
          continue;
        }
        TopicPartition partition = new TopicPartition(Topics.QUARANTINE.name(), number);
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        consumer.seek(
            partition,
            cursor
                .filter(at -> at.partition() == number)
                .map(EntryId::offset)
                .orElseGet(() -> first(consumer, partition, scope, end)));
        while (consumer.position(partition) < end) {
          for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            EntryId id = new EntryId(number, record.offset());
            if (looked > LONGEST_LOOK) {
              return Optional.of(id);
            }
            looked += record.serializedValueSize();
            Optional<QuarantineEntry> entry =
                entry(id, record.value()).filter(scope::includes).filter(this::isThere);
            if (entry.isPresent() && !take.test(entry.get())) {
              return Optional.of(id);
            }
          }
        }
      }
      return Optional.empty();
    }
  }

  /** The entry of these bytes, or empty if its dataset was deleted. */
  private Optional<QuarantineEntry> entry(EntryId id, byte[] bytes) {
    Quarantined value = values.read(bytes);
    return dataset(value).map(dataset -> new QuarantineEntry(id, value, dataset));
  }

  private Optional<String> dataset(Quarantined value) {
    @Nullable String ingestId = value.getIngestId();
    if (value.getStage() == QuarantineStage.READING && ingestId != null) {
      Optional<IngestProgress> progress = log.find(ingestId);
      if (progress.isPresent()) {
        return incarnations.dataset(progress.get());
      }
    }
    @Nullable String topicId = value.getTopicId();
    return incarnations.of(topicId == null ? "" : topicId).nameOf(value.getDataset());
  }

  private boolean isThere(QuarantineEntry entry) {
    return !landing.isRepeat(entry.id()) && !replays.contains(entry);
  }

  private static long first(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      QuarantineScope scope,
      long end) {
    long since = Math.max(0, scope.since().toEpochMilli());
    OffsetAndTimestamp found = consumer.offsetsForTimes(Map.of(partition, since)).get(partition);
    return found == null ? end : found.offset();
  }

  /**
   * The entries of these ids, replayed or not; nothing for an id that is none, or whose dataset was
   * deleted.
   *
   * @throws KafkaException if the broker does not answer
   */
  public Map<EntryId, QuarantineEntry> find(Collection<EntryId> ids) {
    Map<Integer, NavigableSet<Long>> wanted = new TreeMap<>();
    ids.forEach(
        id -> wanted.computeIfAbsent(id.partition(), p -> new TreeSet<>()).add(id.offset()));
    Map<EntryId, QuarantineEntry> found = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        clients.reader(Map.of("max.partition.fetch.bytes", 64 << 10))) {
      int count = consumer.partitionsFor(Topics.QUARANTINE.name()).size();
      wanted.forEach(
          (number, offsets) -> {
            if (number < count) {
              find(consumer, new TopicPartition(Topics.QUARANTINE.name(), number), offsets, found);
            }
          });
    }
    return found;
  }

  private void find(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      NavigableSet<Long> wanted,
      Map<EntryId, QuarantineEntry> found) {
    consumer.assign(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    Long next = wanted.ceiling(begin);
    while (next != null && next < end) {
      consumer.seek(partition, next);
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (wanted.contains(record.offset())) {
          EntryId id = new EntryId(partition.partition(), record.offset());
          entry(id, record.value()).ifPresent(entry -> found.put(id, entry));
        }
      }
      next = wanted.ceiling(consumer.position(partition));
      if (next != null && next < end && System.nanoTime() > deadline) {
        throw new KafkaException(partition + " cannot be read at " + next);
      }
    }
  }
}
