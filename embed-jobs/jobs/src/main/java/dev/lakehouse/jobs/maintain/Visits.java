package dev.lakehouse.jobs.maintain;

import dev.lakehouse.schemas.config.MaintainConfig;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When each table is looked at: after the interval while it changes, less and less often while it
 * does not. For one thread.
 */
final class Visits {
  /** A table that does not change is looked at after so many intervals at the latest. */
  private static final int LONGEST = 16;

  private static final Duration ORPHANS_EVERY = Duration.ofDays(1);
  private static final Duration ORPHANS_FIRST = Duration.ofHours(1);

  private final long interval;
  private final Clock clock;
  private final Map<DatasetName, Visit> visits = new HashMap<>();
  private long listedAt;

  Visits(MaintainConfig config, Clock clock) {
    this.interval = config.interval().toMillis();
    this.clock = clock;
    this.listedAt = clock.millis();
  }

  /** What is known of a table. */
  private static final class Visit {
    private long due;
    private long pause;
    private long snapshot;
    private long orphansDue;
  }

  /** When {@link #next} will have one, ms since the epoch. */
  long nextDue() {
    return visits.values().stream()
        .mapToLong(visit -> visit.due)
        .reduce(listedAt + interval, Math::min);
  }

  /** The table that is due, and then not for another interval. */
  Optional<DatasetName> next(LakeCatalog catalog) {
    long now = clock.millis();
    if (listedAt + interval <= now) {
      listedAt = now;
      list(catalog.datasets(), now);
    }
    Optional<DatasetName> due =
        visits.entrySet().stream()
            .filter(entry -> entry.getValue().due <= now)
            .map(Map.Entry::getKey)
            .findFirst();
    due.map(visits::get).ifPresent(visit -> visit.due = now + interval);
    return due;
  }

  /** Tables that are found together are not looked at together. */
  private void list(List<DatasetName> datasets, long now) {
    visits.keySet().retainAll(datasets);
    for (DatasetName dataset : datasets) {
      visits.computeIfAbsent(
          dataset,
          name -> {
            Visit visit = new Visit();
            visit.pause = interval;
            visit.due = now + ThreadLocalRandom.current().nextLong(interval);
            visit.orphansDue = now + ThreadLocalRandom.current().nextLong(ORPHANS_FIRST.toMillis());
            return visit;
          });
    }
  }

  /** It is as it should be. */
  void nothingToDo(DatasetName dataset, long snapshot) {
    Visit visit = visits.get(dataset);
    if (visit != null) {
      boolean same = visit.snapshot == snapshot;
      visit.snapshot = snapshot;
      visit.pause = same ? Math.min(visit.pause * 2, interval * LONGEST) : interval;
      visit.due = clock.millis() + visit.pause;
    }
  }

  /** It is cared for now. */
  void done(DatasetName dataset) {
    Visit visit = visits.get(dataset);
    if (visit != null) {
      visit.pause = interval;
    }
  }

  /** It could not be cared for. */
  void failed(DatasetName dataset) {
    Visit visit = visits.get(dataset);
    if (visit != null) {
      visit.due = clock.millis() + interval * LONGEST;
    }
  }

  /** Whether it is time to look for orphans; then it is not for a day. */
  boolean mayHaveOrphans(DatasetName dataset) {
    Visit visit = visits.get(dataset);
    if (visit == null || visit.orphansDue > clock.millis()) {
      return false;
    }
    visit.orphansDue = clock.millis() + ORPHANS_EVERY.toMillis();
    return true;
  }
}
