package dev.lakehouse.ingest.classify;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the broker; what it said of ids is believed for a second. */
final class KafkaTopicLook implements TopicLook {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private final Admin admin;
  private Map<String, String> ids = Map.of();
  private long asked;

  KafkaTopicLook(Admin admin) {
    this.admin = admin;
  }

  @Override
  public synchronized Optional<String> id(String topic) {
    if (System.nanoTime() - asked > FRESH_NANOS || !ids.containsKey(topic)) {
      ids();
    }
    return Optional.ofNullable(ids.get(topic));
  }

  @Override
  public synchronized Map<String, String> ids() {
    Map<String, String> found = new HashMap<>();
    try {
      for (TopicListing topic : answer(admin.listTopics().listings())) {
        found.put(topic.name(), topic.topicId().toString());
      }
    } catch (ExecutionException e) {
      throw new KafkaException("the topics cannot be listed", e.getCause());
    }
    ids = Map.copyOf(found);
    asked = System.nanoTime();
    return ids;
  }

  @Override
  public long start(String topic, int partition) {
    TopicPartition place = new TopicPartition(topic, partition);
    try {
      return answer(admin.listOffsets(Map.of(place, OffsetSpec.earliest())).partitionResult(place))
          .offset();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return 0;
      }
      throw new KafkaException("the start of " + place + " is not known", e.getCause());
    }
  }

  private static <T> T answer(KafkaFuture<T> future) throws ExecutionException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while asking the broker", e);
    }
  }
}
