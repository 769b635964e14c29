package dev.lakehouse.query.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.RegistryException.Unavailable;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic of findings. A record that cannot be read takes what was known of its column
 * away, for it may have said otherwise; once they are followed no more, nothing is known of any.
 */
public final class FindingsLog implements Findings {
  private static final Logger LOG = LoggerFactory.getLogger(FindingsLog.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration METADATA_WAIT = Duration.ofMillis(50);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Map<String, ColumnFinding> known = new ConcurrentHashMap<>();
  private final AvroSerde<ColumnFinding> values;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean ended;
  private String trouble = "";

  private FindingsLog(AvroSerde<ColumnFinding> values, KafkaConsumer<byte[], byte[]> consumer) {
    this.values = values;
    this.consumer = consumer;
    this.thread = new Thread(this::follow, "catalog-findings");
    thread.setDaemon(true);
  }

  /**
   * Reads every finding there is, and follows from then on. The topic is made if it is not there.
   *
   * @throws KafkaException if broker and registry do not answer within a minute
   */
  public static FindingsLog start(KafkaClients clients, SchemaRegistry registry) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    makeTopic(clients, deadline);
    KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of("max.poll.records", 5000));
    FindingsLog log = new FindingsLog(Topics.FINDINGS.values(registry), consumer);
    try {
      List<TopicPartition> partitions = partitions(consumer, deadline);
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
      while (!log.isAt(ends)) {
        log.step();
        if (System.nanoTime() > deadline) {
          throw new KafkaException(Topics.FINDINGS.name() + " cannot be read up to its end");
        }
      }
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
    log.thread.start();
    return log;
  }

  private static void makeTopic(KafkaClients clients, long deadline) {
    try (Admin admin = clients.admin()) {
      while (true) {
        try {
          clients.create(admin, Topics.FINDINGS);
          return;
        } catch (KafkaException e) {
          if (System.nanoTime() > deadline || !(e.getCause() instanceof RetriableException)) {
            throw e;
          }
          LOG.info("the broker is waited for: {}", String.valueOf(e.getCause().getMessage()));
        }
      }
    }
  }

  /** Also a topic made a moment ago, which a broker may not know at once. */
  private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, long deadline) {
    String topic = Topics.FINDINGS.name();
    while (System.nanoTime() < deadline) {
      List<PartitionInfo> known = consumer.partitionsFor(topic, PATIENCE);
      if (known != null && !known.isEmpty()) {
        return known.stream().map(each -> new TopicPartition(topic, each.partition())).toList();
      }
      LockSupport.parkNanos(METADATA_WAIT.toNanos());
    }
    throw new KafkaException(topic + " is not there");
  }

  private boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), PATIENCE) >= end.getValue());
  }

  private void follow() {
    try (consumer) {
      while (!closed && !Thread.currentThread().isInterrupted()) {
        try {
          step();
        } catch (WakeupException e) {
          LOG.trace("findings are followed no more");
        } catch (RuntimeException e) {
          pauseFor(e);
        }
      }
    } finally {
      ended = true;
    }
  }

  /** Before the next try; trouble that lasts is told once. */
  private void pauseFor(RuntimeException e) {
    if (!e.toString().equals(trouble)) {
      trouble = e.toString();
      LOG.warn("findings cannot be read; trying again", e);
    }
    LockSupport.parkNanos(PAUSE.toNanos());
  }

  private void step() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      try {
        take(record);
      } catch (Unavailable e) {
        consumer.seek(new TopicPartition(record.topic(), record.partition()), record.offset());
        pauseFor(e);
        return;
      }
    }
    trouble = "";
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    String key = new String(record.key(), UTF_8);
    ColumnFinding finding = finding(key, record.value());
    if (finding == null) {
      known.remove(key);
    } else {
      known.put(key, finding);
    }
  }

  private @Nullable ColumnFinding finding(String key, byte @Nullable [] value) {
    try {
      return value == null ? null : values.read(value);
    } catch (Unavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("the finding of {} is no finding: {}", key, e.toString());
      return null;
    }
  }

  @Override
  public Optional<ColumnFinding> of(String incarnation, int fieldId) {
    return ended
        ? Optional.empty()
        : Optional.ofNullable(known.get(Topics.findingKey(incarnation, fieldId)));
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
