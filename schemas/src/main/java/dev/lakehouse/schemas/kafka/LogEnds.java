package dev.lakehouse.schemas.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Where the last records of a topic are. */
public final class LogEnds {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();
  private static final long FIRST_LOOK = 64;

  private final KafkaClients clients;

  public LogEnds(KafkaClients clients) {
    this.clients = clients;
  }

  /**
   * The offset behind the last committed record of each partition that has one; what transactions
   * leave behind it does not count, since nobody lands that.
   *
   * @throws KafkaException if the broker does not answer
   */
  public Map<String, Long> of(String topic) {
    Map<String, Long> ends = new TreeMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = clients.reader(Map.of())) {
      for (PartitionInfo info : consumer.partitionsFor(topic)) {
        long end = end(consumer, new TopicPartition(topic, info.partition()));
        if (end > 0) {
          ends.put(Integer.toString(info.partition()), end);
        }
      }
    }
    return ends;
  }

  private static long end(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
    consumer.assign(List.of(partition));
    long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    for (long look = FIRST_LOOK; ; look *= 8) {
      long from = Math.max(begin, end - look);
      long last = 0;
      consumer.seek(partition, from);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          last = record.offset() < end ? record.offset() + 1 : last;
        }
        if (System.nanoTime() > deadline) {
          throw new KafkaException(partition + " cannot be read up to its end");
        }
      }
      if (last > 0 || from == begin) {
        return last;
      }
    }
  }
}
