package dev.lakehouse.jobs.log;

import dev.lakehouse.jobs.land.LogReader;
import dev.lakehouse.jobs.land.LogRecord;
import dev.lakehouse.jobs.land.Range;
import dev.lakehouse.jobs.land.StoppedException;
import dev.lakehouse.schemas.kafka.KafkaClients;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Reads the log with a consumer that sees only what is committed. For one thread. */
public final class KafkaLogReader implements LogReader {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;

  public KafkaLogReader(KafkaClients clients) {
    admin = clients.admin();
    consumer = clients.consumer(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"));
  }

  @Override
  public Collection<String> topics() {
    return answer(admin.listTopics().names());
  }

  @Override
  public Map<String, String> ids(Collection<String> topics) {
    Map<String, String> ids = new HashMap<>();
    describe(topics).forEach((name, topic) -> ids.put(name, topic.topicId().toString()));
    return ids;
  }

  @Override
  public Map<String, TopicState> states(Collection<String> topics) {
    Map<String, TopicDescription> described = describe(topics);
    List<TopicPartition> partitions = new ArrayList<>();
    described.forEach(
        (name, topic) ->
            topic
                .partitions()
                .forEach(info -> partitions.add(new TopicPartition(name, info.partition()))));
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<String, Map<Integer, Range>> ranges = new HashMap<>();
    for (TopicPartition partition : partitions) {
      Long start = starts.get(partition);
      Long end = ends.get(partition);
      if (start != null && end != null) {
        ranges
            .computeIfAbsent(partition.topic(), topic -> new HashMap<>())
            .put(partition.partition(), new Range(start, end));
      }
    }
    Map<String, TopicState> states = new HashMap<>();
    ranges.forEach(
        (name, found) -> {
          TopicDescription topic = described.get(name);
          if (topic != null) {
            states.put(name, new TopicState(topic.topicId().toString(), found));
          }
        });
    return states;
  }

  @Override
  public long read(String topic, int partition, Range range, int most, Sink sink)
      throws IOException, StoppedException {
    TopicPartition place = new TopicPartition(topic, partition);
    long start = consumer.beginningOffsets(List.of(place)).getOrDefault(place, 0L);
    if (start > range.start()) {
      throw new StoppedException(
          "offset_gap",
          topic
              + " partition "
              + partition
              + ": the records of offsets "
              + range.start()
              + " to "
              + (Math.min(start, range.end()) - 1)
              + " are gone from the log and not in the table");
    }
    consumer.assign(List.of(place));
    try {
      consumer.seek(place, range.start());
      return read(place, range, most, sink);
    } finally {
      consumer.assign(List.of());
    }
  }

  private long read(TopicPartition place, Range range, int most, Sink sink)
      throws IOException, StoppedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int taken = 0;
    long position = range.start();
    while (position < range.end()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(place)) {
        if (record.offset() >= range.end()) {
          return range.end();
        } else if (taken >= most) {
          return record.offset();
        }
        sink.take(LogRecord.of(record));
        taken++;
      }
      long now = consumer.position(place);
      if (now > position) {
        position = now;
        deadline = System.nanoTime() + PATIENCE.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new IOException(place + " gives nothing from offset " + position);
      }
    }
    return range.end();
  }

  private Map<String, TopicDescription> describe(Collection<String> topics) {
    Map<String, TopicDescription> found = new HashMap<>();
    admin
        .describeTopics(topics)
        .topicNameValues()
        .forEach(
            (name, future) -> {
              try {
                found.put(name, answer(future));
              } catch (KafkaException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                  throw e;
                }
              }
            });
    return found;
  }

  private static <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new KafkaException("the broker refused", e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("the broker does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while asking the broker", e);
    }
  }

  @Override
  public void close() {
    consumer.close();
    admin.close(Duration.ZERO);
  }
}
