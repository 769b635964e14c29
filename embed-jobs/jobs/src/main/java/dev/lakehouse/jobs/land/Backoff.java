package dev.lakehouse.jobs.land;

import java.util.concurrent.ThreadLocalRandom;

/** Waits that double with each failure, with a little chance in them, up to a longest. */
final class Backoff {
  private static final long FIRST_MILLIS = 50;
  private static final long LONGEST_MILLIS = 15_000;

  private int failures;
  private long notBefore;

  void failed(long nowMillis) {
    long wait = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, 20));
    failures++;
    notBefore = nowMillis + wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1);
  }

  void succeeded() {
    failures = 0;
    notBefore = 0;
  }

  int failures() {
    return failures;
  }

  /** When to try again, ms since the epoch. */
  long notBefore() {
    return notBefore;
  }
}
