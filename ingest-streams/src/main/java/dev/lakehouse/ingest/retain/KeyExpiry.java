package dev.lakehouse.ingest.retain;

import dev.lakehouse.ingest.progress.LandingQuarantine;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.progress.Revisions;
import dev.lakehouse.ingest.progress.Transactor;
import dev.lakehouse.schemas.config.IngestConfig;
import dev.lakehouse.schemas.kafka.KafkaClients;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets the answers to requests with an idempotency key once they are older than is promised, and
 * the oldest where there are more than may be kept. The topic forgets them first, and memory once
 * it sees that, so that a key is known or not known to everybody alike.
 */
public final class KeyExpiry implements AutoCloseable {
  /** Fences one that a killed process left. */
  public static final String TRANSACTIONAL_ID = "lakehouse-expiry";

  private static final Logger LOG = LoggerFactory.getLogger(KeyExpiry.class);
  private static final Duration LONGEST_REST = Duration.ofSeconds(10);
  private static final Duration SHORTEST_REST = Duration.ofMillis(100);
  private static final int MOST_AT_ONCE = 10_000;

  private final ProgressLog log;
  private final Revisions revisions;
  private final LandingQuarantine quarantine;
  private final IngestConfig config;
  private final Clock clock;
  private final Transactor transactor;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "key-expiry");
            thread.setDaemon(true);
            return thread;
          });

  public KeyExpiry(
      KafkaClients clients,
      ProgressLog log,
      Revisions revisions,
      LandingQuarantine quarantine,
      IngestConfig config,
      Clock clock) {
    this.log = log;
    this.revisions = revisions;
    this.quarantine = quarantine;
    this.config = config;
    this.clock = clock;
    this.transactor = new Transactor(clients, log, TRANSACTIONAL_ID, Map.of("linger.ms", 5));
  }

  /** Begins its rounds. */
  public KeyExpiry begin() {
    Duration tenth = config.idempotencyRetention().dividedBy(10);
    Duration rest =
        tenth.compareTo(LONGEST_REST) > 0
            ? LONGEST_REST
            : tenth.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : tenth;
    var unused =
        rounds.scheduleWithFixedDelay(
            this::guardedRound, rest.toMillis(), rest.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void guardedRound() {
    try {
      round();
    } catch (RuntimeException e) {
      transactor.discard();
      LOG.warn("old idempotency keys could not be forgotten; the next round tries again", e);
    }
  }

  /** Forgets what there is to forget now. */
  void round() {
    while (!surplus().isEmpty()) {
      revisions.alone(
          () -> {
            List<String> surplus = surplus();
            forget(surplus.subList(0, Math.min(MOST_AT_ONCE, surplus.size())));
          });
    }
    quarantine.keepOnly(log::knows);
  }

  private List<String> surplus() {
    return log.surplusAnswers(
        clock.instant().minus(config.idempotencyRetention()), config.idempotencyKeys());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a send does
  private void forget(List<String> ingestIds) {
    KafkaProducer<byte[], byte[]> producer = transactor.producer();
    producer.beginTransaction();
    ingestIds.forEach(id -> producer.send(ProgressLog.forgetting(id)));
    producer.commitTransaction();
    log.awaitCurrent();
    LOG.debug("forgot {} idempotency keys", ingestIds.size());
  }

  @Override
  public void close() {
    rounds.shutdownNow();
    try {
      rounds.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    transactor.close();
  }
}
