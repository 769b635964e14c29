package dev.lakehouse.jobs.flink;

import dev.lakehouse.jobs.land.Source;
import dev.lakehouse.schemas.config.LakehouseConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that are datasets, and exist. */
final class DataTopics implements KafkaSubscriber {
  private static final long serialVersionUID = 1L;

  private final LakehouseConfig config;

  DataTopics(LakehouseConfig config) {
    this.config = config;
  }

  @Override
  public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
    try {
      List<String> topics =
          admin.listTopics().names().get().stream()
              .filter(topic -> Source.of(topic, config).isPresent())
              .toList();
      Set<TopicPartition> partitions = new HashSet<>();
      for (KafkaFuture<TopicDescription> future :
          admin.describeTopics(topics).topicNameValues().values()) {
        add(future, partitions);
      }
      return partitions;
    } catch (ExecutionException e) {
      throw new KafkaException("the topics cannot be listed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while listing the topics", e);
    }
  }

  private static void add(KafkaFuture<TopicDescription> future, Set<TopicPartition> partitions)
      throws InterruptedException, ExecutionException {
    try {
      TopicDescription topic = future.get();
      topic
          .partitions()
          .forEach(info -> partitions.add(new TopicPartition(topic.name(), info.partition())));
    } catch (ExecutionException e) {
      // A topic that was deleted since it was listed is none of ours.
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw e;
      }
    }
  }
}
