package dev.lakehouse.ingest.progress;

import dev.lakehouse.schemas.kafka.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands every committed record of one topic, from its first on, to a receiver, on one thread. */
public final class TopicTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration POLL_WHILE_AWAITED = Duration.ofMillis(20);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  private final Admin admin;
  private final List<TopicPartition> partitions;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Consumer<ConsumerRecord<byte[], byte[]>> receiver;
  private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
  private final Object moved = new Object();
  private final Thread thread;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean closed;

  /** Starts reading; the admin client stays its owner's. */
  public TopicTail(
      KafkaClients clients,
      Admin admin,
      List<TopicPartition> partitions,
      Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
    this.admin = admin;
    this.partitions = List.copyOf(partitions);
    this.receiver = receiver;
    this.consumer = clients.consumer(Map.of("max.poll.records", 5000));
    consumer.assign(partitions);
    this.thread = new Thread(this::run, "tail-" + partitions.get(0).topic());
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try (consumer) {
      while (!closed) {
        step();
      }
    }
  }

  private void step() {
    try {
      for (ConsumerRecord<byte[], byte[]> record :
          consumer.poll(waiting.get() > 0 ? POLL_WHILE_AWAITED : POLL)) {
        receive(record);
      }
      for (TopicPartition partition : partitions) {
        positions.put(partition, consumer.position(partition, POLL));
      }
      synchronized (moved) {
        moved.notifyAll();
      }
    } catch (WakeupException e) {
      LOG.trace("{} is to be looked at now, or no more", partitions);
    } catch (KafkaException e) {
      LOG.warn("{} cannot be read; trying again", partitions, e);
    }
  }

  private void receive(ConsumerRecord<byte[], byte[]> record) {
    try {
      receiver.accept(record);
    } catch (RuntimeException e) {
      LOG.error(
          "a record of {}-{} at {} cannot be used",
          record.topic(),
          record.partition(),
          record.offset(),
          e);
    }
  }

  /**
   * Returns once everything was received that was committed before the call.
   *
   * @throws KafkaException if the broker does not answer in time
   */
  public void awaitCurrent() {
    Map<TopicPartition, Long> ends = ends();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    waiting.incrementAndGet();
    consumer.wakeup();
    try {
      awaitReached(ends, deadline);
    } finally {
      waiting.decrementAndGet();
    }
  }

  private void awaitReached(Map<TopicPartition, Long> ends, long deadline) {
    synchronized (moved) {
      while (!reached(ends)) {
        if (System.nanoTime() > deadline || !thread.isAlive()) {
          throw new KafkaException(partitions + " cannot be read up to its end");
        }
        try {
          moved.wait(POLL.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new KafkaException("interrupted while reading " + partitions, e);
        }
      }
    }
  }

  private boolean reached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  private Map<TopicPartition, Long> ends() {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
    try {
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin
          .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
          .all()
          .get()
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      return ends;
    } catch (ExecutionException e) {
      throw new KafkaException("the ends of " + partitions + " are not known", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while asking for the ends of " + partitions, e);
    }
  }

  /** Whether it still reads. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(PATIENCE_NANOS / 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
