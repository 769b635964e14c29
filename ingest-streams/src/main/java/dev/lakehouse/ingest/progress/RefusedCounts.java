package dev.lakehouse.ingest.progress;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Counts the places of each ingest that were refused, a place once however often it is said: the
 * landing says those of a partition in their order, and one that starts again begins further back
 * and says them again, so that a place is new where it lies above all that were said. Safe for use
 * by many threads.
 */
final class RefusedCounts {
  private static final long UNKNOWN_KEPT_NANOS = Duration.ofHours(1).toNanos();

  private final LongSupplier nanos;
  private final Map<String, Refused> ingests = new ConcurrentHashMap<>();

  private record Partition(String topic, int number) {}

  /** What is known of one ingest. */
  private static final class Refused {
    private final Map<Partition, Long> highest = new HashMap<>(2);
    private final long sinceNanos;
    private long count;

    Refused(long sinceNanos) {
      this.sinceNanos = sinceNanos;
    }

    synchronized void add(Partition partition, long offset) {
      Long had = highest.get(partition);
      if (had == null || offset > had) {
        highest.put(partition, offset);
        count++;
      }
    }

    synchronized long count() {
      return count;
    }
  }

  /**
   * @param nanos a clock that only goes forward
   */
  RefusedCounts(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void add(String ingestId, String topic, int partition, long offset) {
    ingests
        .computeIfAbsent(ingestId, id -> new Refused(nanos.getAsLong()))
        .add(new Partition(topic, partition), offset);
  }

  long of(String ingestId) {
    Refused refused = ingests.get(ingestId);
    return refused == null ? 0 : refused.count();
  }

  /** Forgets the ingests that are not known, an hour after they were first seen. */
  void keepOnly(Predicate<String> known) {
    long now = nanos.getAsLong();
    ingests
        .entrySet()
        .removeIf(
            entry ->
                now - entry.getValue().sinceNanos > UNKNOWN_KEPT_NANOS
                    && !known.test(entry.getKey()));
  }

  /** How many ingests are held. */
  int size() {
    return ingests.size();
  }
}
