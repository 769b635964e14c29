package dev.lakehouse.query.audit;

import dev.lakehouse.schemas.event.AuditRecord;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest records of the audit, as far as memory is meant for them. */
public final class AuditTail implements AutoCloseable {
  /** So many are known. */
  static final int MOST = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(AuditTail.class);
  private static final TopicPartition PLACE = new TopicPartition(Topics.AUDIT.name(), 0);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final AvroSerde<AuditRecord> values;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final ArrayDeque<Entry> newest = new ArrayDeque<>();
  private volatile boolean closed;

  /** A record and its place on the topic. */
  record Entry(long offset, AuditRecord record) {}

  private AuditTail(KafkaClients clients, SchemaRegistry registry) {
    this.values = Topics.AUDIT.values(registry);
    this.consumer = clients.consumer(Map.of());
    this.thread = new Thread(this::follow, "audit-tail");
    thread.setDaemon(true);
  }

  /** Follows the topic; the broker is not waited for. */
  public static AuditTail start(KafkaClients clients, SchemaRegistry registry) {
    AuditTail tail = new AuditTail(clients, registry);
    tail.thread.start();
    return tail;
  }

  private void follow() {
    boolean begun = false;
    while (!closed && !Thread.currentThread().isInterrupted()) {
      try {
        if (!begun) {
          begin();
          begun = true;
        }
        step();
      } catch (WakeupException e) {
        LOG.trace("the audit is followed no more");
      } catch (RuntimeException e) {
        LOG.debug("the audit cannot be read; trying again", e);
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    consumer.close();
  }

  private void begin() {
    consumer.assign(List.of(PLACE));
    List<TopicPartition> places = List.of(PLACE);
    long first = consumer.beginningOffsets(places, POLL).getOrDefault(PLACE, 0L);
    long end = consumer.endOffsets(places, POLL).getOrDefault(PLACE, 0L);
    consumer.seek(PLACE, Math.max(first, end - MOST));
  }

  private void step() {
    for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
      try {
        keep(new Entry(each.offset(), values.read(each.value())));
      } catch (RegistryException.Unavailable e) {
        consumer.seek(PLACE, each.offset());
        throw e;
      } catch (SerializationException e) {
        LOG.warn("record {} of {} is no audit record", each.offset(), PLACE, e);
      }
    }
  }

  private synchronized void keep(Entry entry) {
    newest.addFirst(entry);
    if (newest.size() > MOST) {
      newest.removeLast();
    }
  }

  /**
   * Records, the newest first.
   *
   * @param before only those on lower offsets
   * @param shown whether one is wanted
   */
  synchronized List<Entry> page(long before, Predicate<AuditRecord> shown, int limit) {
    List<Entry> page = new ArrayList<>();
    Iterator<Entry> all = newest.iterator();
    while (all.hasNext() && page.size() < limit) {
      Entry each = all.next();
      if (each.offset() < before && shown.test(each.record())) {
        page.add(each);
      }
    }
    return page;
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(POLL.toMillis() * 5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
