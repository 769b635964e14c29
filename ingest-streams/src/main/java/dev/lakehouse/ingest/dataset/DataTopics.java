package dev.lakehouse.ingest.dataset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of datasets as the broker has them.
 *
 * <p>Every call throws {@link KafkaException} if the broker does not answer.
 */
final class DataTopics {
  private static final Logger LOG = LoggerFactory.getLogger(DataTopics.class);

  private final Admin admin;

  /** The admin client stays its owner's. */
  DataTopics(Admin admin) {
    this.admin = admin;
  }

  /** The topic, or empty if there is none. */
  Optional<TopicDescription> find(String topic) {
    try {
      return Optional.ofNullable(
          await(topic, () -> admin.describeTopics(List.of(topic)).allTopicNames().get())
              .get(topic));
    } catch (MissingException e) {
      return Optional.empty();
    }
  }

  /** Whether anything is in the topic. */
  boolean hasRecords(String topic) {
    Map<Integer, Long> starts = offsets(topic, OffsetSpec.earliest());
    return offsets(topic, OffsetSpec.latest()).entrySet().stream()
        .anyMatch(end -> end.getValue() > starts.getOrDefault(end.getKey(), 0L));
  }

  /**
   * What the topic was told apart from the broker's defaults; nothing if there is no such topic.
   */
  Map<String, String> settings(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<String, String> settings = new HashMap<>();
    try {
      Config config =
          await(topic, () -> admin.describeConfigs(List.of(resource)).all().get())
              .getOrDefault(resource, new Config(List.of()));
      for (ConfigEntry entry : config.entries()) {
        String value = entry.value();
        if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG && value != null) {
          settings.put(entry.name(), value);
        }
      }
      return settings;
    } catch (MissingException gone) {
      return settings;
    }
  }

  /** Sets one setting of a topic, or, where it is null, what the broker has by default. */
  void set(String topic, String setting, @Nullable String value) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp change =
        new AlterConfigOp(
            new ConfigEntry(setting, value),
            value == null ? AlterConfigOp.OpType.DELETE : AlterConfigOp.OpType.SET);
    try {
      await(
          topic,
          () -> admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get());
    } catch (MissingException gone) {
      LOG.debug("topic {} is gone, and needs no setting", topic);
    }
  }

  /**
   * Deletes the topic of this id, and no other of its name.
   *
   * @return whether it is gone by now
   */
  boolean delete(String topic, String topicId) {
    try {
      Uuid id = Uuid.fromString(topicId);
      await(topic, () -> admin.deleteTopics(TopicCollection.ofTopicIds(List.of(id))).all().get());
    } catch (MissingException gone) {
      LOG.debug("topic {} of id {} is gone", topic, topicId);
    }
    return find(topic).filter(found -> found.topicId().toString().equals(topicId)).isEmpty();
  }

  /** Partition → the offset up to which all is decided, no transaction being open before it. */
  Map<Integer, Long> stableEnds(String topic) {
    return offsets(topic, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
  }

  /** Partition → offset; nothing if there is no such topic. */
  Map<Integer, Long> offsets(String topic, OffsetSpec which) {
    return offsets(topic, which, IsolationLevel.READ_UNCOMMITTED);
  }

  private Map<Integer, Long> offsets(String topic, OffsetSpec which, IsolationLevel isolation) {
    Optional<TopicDescription> found = find(topic);
    if (found.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    found
        .get()
        .partitions()
        .forEach(info -> wanted.put(new TopicPartition(topic, info.partition()), which));
    Map<Integer, Long> offsets = new HashMap<>();
    try {
      Map<TopicPartition, ListOffsetsResultInfo> answer =
          await(
              topic,
              () -> admin.listOffsets(wanted, new ListOffsetsOptions(isolation)).all().get());
      answer.forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
    } catch (MissingException gone) {
      return Map.of();
    }
    return offsets;
  }

  /** There is no such topic. */
  static final class MissingException extends Exception {
    private static final long serialVersionUID = 1L;

    MissingException(Throwable cause) {
      super(cause);
    }
  }

  interface Asking<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  static <T> T await(String topic, Asking<T> asking) throws MissingException {
    try {
      return asking.ask();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException
          || e.getCause() instanceof UnknownTopicIdException) {
        throw new MissingException(e.getCause());
      }
      throw new KafkaException("the broker did not answer about " + topic, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while asking about " + topic, e);
    }
  }
}
