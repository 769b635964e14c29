package dev.lakehouse.ingest.progress;

import dev.lakehouse.schemas.event.QuarantineStage;
import dev.lakehouse.schemas.event.Quarantined;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What the landing put into quarantine: how many of each ingest, and what it said twice. */
public final class LandingQuarantine implements AutoCloseable {
  private final AvroSerde<Quarantined> values;
  private final RefusedCounts counts = new RefusedCounts(System::nanoTime);
  private final Map<Source, Long> highest = new ConcurrentHashMap<>();
  private final Map<Integer, OffsetSet> repeats = new ConcurrentHashMap<>();
  private final TopicTail tail;

  /** Begins to read the topic {@code ingest.quarantine}. */
  public LandingQuarantine(KafkaClients clients, Admin admin, SchemaRegistry registry) {
    this.values = Topics.QUARANTINE.values(registry);
    this.tail =
        new TopicTail(
            clients,
            admin,
            IntStream.range(0, Topics.QUARANTINE.partitions())
                .mapToObj(p -> new TopicPartition(Topics.QUARANTINE.name(), p))
                .toList(),
            this::receive);
  }

  private record Source(int quarantinePartition, String origin, int partition) {}

  private void receive(ConsumerRecord<byte[], byte[]> record) {
    Quarantined entry = values.read(record.value());
    if (entry.getStage() != QuarantineStage.LANDING || entry.getTopic() == null) {
      return;
    }
    String origin = entry.getTopicId() == null ? entry.getTopic() : entry.getTopicId();
    Source source = new Source(record.partition(), origin, entry.getPartition());
    if (entry.getOffset() <= highest.getOrDefault(source, -1L)) {
      repeats.computeIfAbsent(record.partition(), any -> new OffsetSet()).add(record.offset());
    } else {
      highest.put(source, entry.getOffset());
    }
    if (entry.getIngestId() != null) {
      counts.add(entry.getIngestId(), origin, entry.getPartition(), entry.getOffset());
    }
  }

  /**
   * Whether the landing had said before what this entry says. Those of one key come in the order of
   * their places, except that a landing which starts again begins further back.
   */
  boolean isRepeat(EntryId id) {
    OffsetSet offsets = repeats.get(id.partition());
    return offsets != null && offsets.contains(id.offset());
  }

  /** How many of the ingest's records are in quarantine for the landing's sake. */
  long count(String ingestId) {
    return counts.of(ingestId);
  }

  /**
   * Forgets ingests that nobody can ask for: those of events without a key, and those that have
   * expired. One that was seen within the hour stays, for its progress may still come.
   *
   * @param known whether there is such an ingest
   */
  public void keepOnly(Predicate<String> known) {
    counts.keepOnly(known);
  }

  @Override
  public void close() {
    tail.close();
  }
}
