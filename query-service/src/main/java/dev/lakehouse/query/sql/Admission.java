package dev.lakehouse.query.sql;

import dev.lakehouse.schemas.config.QueryConfig;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets a bounded number of queries run; a bounded number of others wait, first come first. */
final class Admission {
  private final Semaphore running;
  private final AtomicInteger waiting = new AtomicInteger();
  private final int mostWaiting;

  Admission(QueryConfig limits) {
    running = new Semaphore(limits.concurrent(), true);
    mostWaiting = limits.waiting();
  }

  /**
   * Waits for a place; {@link #leave} gives it back.
   *
   * @return whether there was one in time
   * @throws ProblemException {@code too_many_queries} if already too many wait
   */
  boolean enter(Duration atMost) {
    if (running.tryAcquire()) {
      return true;
    }
    try {
      if (waiting.incrementAndGet() > mostWaiting) {
        throw Problem.of(
                503,
                "too_many_queries",
                "Too many queries at once",
                mostWaiting + " queries wait already")
            .hint("try again in a second, or raise query.waiting")
            .toException();
      }
      return running.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.of(503, "stopping", "The service stops", "the service stops").toException();
    } finally {
      waiting.decrementAndGet();
    }
  }

  void leave() {
    running.release();
  }

  int waiting() {
    return waiting.get();
  }
}
