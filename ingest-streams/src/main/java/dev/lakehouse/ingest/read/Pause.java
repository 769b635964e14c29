package dev.lakehouse.ingest.read;

import org.apache.kafka.common.errors.InterruptException;

/** Waits between attempts, longer after each. */
final class Pause {
  private static final long LONGEST_MS = 5_000;

  private Pause() {}

  static void before(int attempt) {
    try {
      Thread.sleep(Math.min(LONGEST_MS, 100L << Math.min(attempt, 6)));
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
