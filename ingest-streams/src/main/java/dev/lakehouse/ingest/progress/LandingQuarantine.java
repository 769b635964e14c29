package dev.lakehouse.ingest.progress;

import dev.lakehouse.schemas.event.QuarantineStage;
import dev.lakehouse.schemas.event.Quarantined;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * How many records of each ingest the landing put into quarantine. A place is one fact, however
 * often it was written: a landing that starts again writes it again.
 */
public final class LandingQuarantine implements AutoCloseable {
  private record Place(String topic, int partition, long offset) {}

  private final AvroSerde<Quarantined> values;
  private final Map<String, Set<Place>> places = new ConcurrentHashMap<>();
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

  private void receive(ConsumerRecord<byte[], byte[]> record) {
    Quarantined entry = values.read(record.value());
    if (entry.getStage() == QuarantineStage.LANDING
        && entry.getIngestId() != null
        && entry.getTopic() != null) {
      places
          .computeIfAbsent(entry.getIngestId(), id -> ConcurrentHashMap.newKeySet())
          .add(new Place(entry.getTopic(), entry.getPartition(), entry.getOffset()));
    }
  }

  /** How many of the ingest's records are in quarantine for the landing's sake. */
  long count(String ingestId) {
    return places.getOrDefault(ingestId, Set.of()).size();
  }

  @Override
  public void close() {
    tail.close();
  }
}
