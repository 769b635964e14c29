package dev.lakehouse.ingest.read;

import dev.lakehouse.schemas.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells why a transactional id is no longer this process's. The broker fences a producer for two
 * reasons: its transaction took too long (the machine slept), which the broker then aborts, or
 * another process opened the id. The first is no reason to stop; the second is.
 */
final class Fencing {
  private static final Logger LOG = LoggerFactory.getLogger(Fencing.class);
  private static final long PATIENCE_SECONDS = 30;

  /** An heir that opens the id aborts what was open, and has its own epoch a moment later. */
  private static final Duration HEIR_NEEDS = Duration.ofMillis(500);

  /** A transaction may last longer than this; who is fenced twice within it has a rival. */
  private static final Duration SOON = Duration.ofSeconds(30);

  private final KafkaClients clients;
  private final String id;
  private final LongSupplier nanos;
  private @Nullable Long last;

  Fencing(KafkaClients clients, String id) {
    this(clients, id, System::nanoTime);
  }

  Fencing(KafkaClients clients, String id, LongSupplier nanos) {
    this.clients = clients;
    this.id = id;
    this.nanos = nanos;
  }

  /**
   * Whether the producer met this because its transaction took too long; it is to be opened again.
   *
   * @throws IllegalStateException if another process has the id
   */
  boolean byTimeout(Throwable met) {
    if (!isFenced(met)) {
      return false;
    }
    long now = nanos.getAsLong();
    Long before = last;
    last = now;
    if ((before != null && now - before < SOON.toNanos()) || !wasAborted()) {
      throw new IllegalStateException("another process reads in this one's place", met);
    }
    LOG.warn("a transaction of {} took too long and was aborted; beginning it again", id);
    return true;
  }

  private static boolean isFenced(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }

  /** The broker's own abort is the last that happened under the id; an heir's opening is not. */
  private boolean wasAborted() {
    try (Admin admin = clients.admin()) {
      TimeUnit.MILLISECONDS.sleep(HEIR_NEEDS.toMillis());
      TransactionState state =
          admin
              .describeTransactions(List.of(id))
              .description(id)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .state();
      return state == TransactionState.COMPLETE_ABORT || state == TransactionState.PREPARE_ABORT;
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("it is not known who has {}; trying to have it again", id, e);
      return true;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
