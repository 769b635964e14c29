package dev.lakehouse.jobs.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.schemas.event.LandingStatus;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Follows the topic {@code landing.status}. For one thread. */
public final class StatusReader implements AutoCloseable {
  private static final TopicPartition PLACE = new TopicPartition(Topics.LANDING.name(), 0);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroSerde<LandingStatus> values;
  private final Map<String, LandingStatus> last = new HashMap<>();
  private boolean assigned;

  public StatusReader(KafkaClients clients, SchemaRegistry registry) {
    consumer = clients.consumer(Map.of());
    values = Topics.LANDING.values(registry);
  }

  /** What was last said of each dataset, up to now; nothing if nobody has said anything yet. */
  public Map<String, LandingStatus> read() {
    if (!assigned) {
      if (!consumer.listTopics(PATIENCE).containsKey(PLACE.topic())) {
        return Map.of();
      }
      consumer.assign(List.of(PLACE));
      consumer.seekToBeginning(List.of(PLACE));
      assigned = true;
    }
    long end = consumer.endOffsets(List.of(PLACE), PATIENCE).getOrDefault(PLACE, 0L);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (consumer.position(PLACE, PATIENCE) < end && System.nanoTime() < deadline) {
      consumer
          .poll(POLL)
          .forEach(
              record -> {
                if (record.value() != null) {
                  LandingStatus status = values.read(record.value());
                  last.put(status.getDataset(), status);
                } else if (record.key() != null) {
                  last.remove(new String(record.key(), UTF_8));
                }
              });
    }
    return Map.copyOf(last);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
