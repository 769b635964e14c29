package dev.lakehouse.jobs.flink;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** One topic, once it exists. */
final class PresentTopic implements KafkaSubscriber {
  private static final long serialVersionUID = 1L;

  private final String topic;

  PresentTopic(String topic) {
    this.topic = topic;
  }

  @Override
  public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
    Set<TopicPartition> partitions = new HashSet<>();
    try {
      if (admin.listTopics().names().get().contains(topic)) {
        for (TopicDescription found :
            admin.describeTopics(List.of(topic)).allTopicNames().get().values()) {
          found
              .partitions()
              .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
      }
      return partitions;
    } catch (ExecutionException e) {
      throw new KafkaException("the topic " + topic + " cannot be looked for", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while looking for the topic " + topic, e);
    }
  }
}
