package dev.lakehouse.query.upkeep;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.config.MaintainConfig;
import dev.lakehouse.schemas.event.SnapshotUse;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the topic {@code query.snapshots}, each snapshot once within a part of the time that it
 * is kept for. A broker that does not answer holds no query up.
 */
public final class KafkaSnapshotUses implements SnapshotUses {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaSnapshotUses.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int MOST_WAITING = 1_000;
  private static final int MOST_REMEMBERED = 10_000;

  /** A use is told again after this part of the time. */
  private static final int PARTS = 8;

  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroSerde<SnapshotUse> values;
  private final Duration kept;
  private final Clock clock;
  private final ThreadPoolExecutor teller =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          task -> {
            Thread thread = new Thread(task, "snapshot-uses");
            thread.setDaemon(true);
            return thread;
          });

  /** Key → when it was told last; the oldest are forgotten, and told again. */
  private final Map<String, Instant> told =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  public KafkaSnapshotUses(
      KafkaClients clients, SchemaRegistry registry, MaintainConfig config, Clock clock) {
    this.producer = clients.producer(Map.of());
    this.values = Topics.SNAPSHOTS.values(registry);
    this.kept = config.receiptRetention();
    this.clock = clock;
  }

  @Override
  public void newest(TableSnapshot table) {
    Long snapshot = table.snapshotId();
    if (snapshot != null && isNews(table, snapshot)) {
      var unused = tell(table, snapshot);
    }
  }

  @Override
  public void past(TableSnapshot table) {
    Long snapshot = table.snapshotId();
    if (snapshot == null || !isNews(table, snapshot)) {
      return;
    }
    try {
      tell(table, snapshot).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("it could not be told that snapshot {} is read: {}", snapshot, e.toString());
    }
  }

  private boolean isNews(TableSnapshot table, long snapshot) {
    String key = Topics.snapshotKey(table.dataset(), snapshot);
    Instant now = clock.instant();
    synchronized (told) {
      Instant before = told.get(key);
      if (before != null && before.plus(kept.dividedBy(PARTS)).isAfter(now)) {
        return false;
      }
      told.remove(key);
      told.put(key, now);
      return true;
    }
  }

  private Future<?> tell(TableSnapshot table, long snapshot) {
    SnapshotUse use =
        new SnapshotUse(table.dataset().value(), snapshot, clock.instant().plus(kept));
    String key = Topics.snapshotKey(table.dataset(), snapshot);
    try {
      return teller.submit(
          () -> {
            send(key, use);
            return key;
          });
    } catch (RejectedExecutionException tooMany) {
      return CompletableFuture.failedFuture(tooMany);
    }
  }

  private void send(String key, SnapshotUse use) throws ExecutionException, InterruptedException {
    try {
      producer
          .send(
              new ProducerRecord<>(Topics.SNAPSHOTS.name(), key.getBytes(UTF_8), values.write(use)))
          .get();
    } catch (ExecutionException | RuntimeException e) {
      synchronized (told) {
        told.remove(key);
      }
      LOG.info("it could not be told that {} is read: {}", key, e.toString());
      throw e;
    }
  }

  @Override
  public void close() {
    teller.shutdownNow();
    producer.close(PATIENCE);
  }
}
