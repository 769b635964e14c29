package dev.lakehouse.ingest.classify;

import java.util.function.LongSupplier;

/**
 * Which records of a partition are looked at: all, up to a number a second, and beyond that every
 * so manieth, until the second is over. So a column is looked at anew as soon as its records come
 * slowly or come after a pause.
 */
final class Sampling {
  /** Records a second of a partition that are all looked at. */
  static final int FULL_PER_SECOND = 1000;

  /** Of those beyond, one in so many. */
  static final int ONE_IN = 1024;

  private static final long SECOND = 1_000_000_000L;

  private final LongSupplier nanos;
  private long second;
  private long count;

  Sampling(LongSupplier nanos) {
    this.nanos = nanos;
    this.second = nanos.getAsLong();
  }

  /** Begins a fetch; time is read once for all of its records. */
  void begin() {
    long now = nanos.getAsLong();
    if (now - second >= SECOND) {
      second = now;
      count = 0;
    }
  }

  boolean keeps() {
    count++;
    return count <= FULL_PER_SECOND || count % ONE_IN == 0;
  }
}
