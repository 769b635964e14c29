package dev.lakehouse.schemas.http;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down who tries keys: a source may fail {@link #BURST} times, and then once a second. Keys
 * that were right from a source before go on to be looked at. Memory is bounded; the source that
 * was heard of longest ago is forgotten first. Safe for use by many threads.
 */
final class FailedAttempts {
  static final int BURST = 20;
  private static final long REFILL_MILLIS = 1_000;
  private static final int MOST_SOURCES = 10_000;
  private static final int MOST_GOOD = 4_096;

  private final Clock clock;
  private final Map<String, Bucket> sources = bounded(MOST_SOURCES);
  private final Map<String, Boolean> good = bounded(MOST_GOOD);

  FailedAttempts(Clock clock) {
    this.clock = clock;
  }

  private record Bucket(long left, long atMillis) {
    Bucket at(long now) {
      long gained = Math.max(0, now - atMillis) / REFILL_MILLIS;
      return new Bucket(Math.min(BURST, left + gained), atMillis + gained * REFILL_MILLIS);
    }
  }

  private static <V> Map<String, V> bounded(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
      }
    };
  }

  /**
   * Whether a request is not looked at for now.
   *
   * @param source the address that it comes from
   * @param digest of its key
   */
  synchronized boolean holds(String source, String digest) {
    Bucket bucket = sources.get(source);
    return bucket != null
        && bucket.at(clock.millis()).left() <= 0
        && !good.containsKey(source + " " + digest);
  }

  /**
   * A key was wrong.
   *
   * @return whether the source may still try
   */
  synchronized boolean failed(String source) {
    long now = clock.millis();
    Bucket bucket = sources.getOrDefault(source, new Bucket(BURST, now)).at(now);
    long left = Math.max(0, bucket.left() - 1);
    sources.put(source, new Bucket(left, bucket.atMillis()));
    return left > 0;
  }

  /** A key was right. */
  synchronized void right(String source, String digest) {
    good.put(source + " " + digest, true);
  }
}
