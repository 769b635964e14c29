package dev.lakehouse.query.derived;

import dev.lakehouse.schemas.event.DerivedRefresh;
import dev.lakehouse.schemas.event.DerivedState;
import dev.lakehouse.schemas.event.DerivedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** When a derived table that nobody works on is to be worked on. */
final class Due {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private Due() {}

  /**
   * Whether something is to be done with the table.
   *
   * @param asked whether somebody asked for a refresh
   * @param changed whether its sources have other rows than they had; asked only if it matters
   * @param pause least time from one start to the next of one that follows its sources
   */
  static boolean isDue(
      DerivedTable table, boolean asked, BooleanSupplier changed, Duration pause, Instant now) {
    if (table.getState() == DerivedState.ENDED) {
      return false;
    } else if (table.getState() == DerivedState.ENDING || asked) {
      return asked || isReached(table.getNextAt(), now);
    } else if (!isReached(table.getNextAt(), now)) {
      return false;
    } else if (table.getAttempt() != null
        || table.getGeneration() == null
        || table.getFailures() > 0
        || table.getRefresh() == DerivedRefresh.ONCE) {
      return true;
    }
    Instant started = table.getAttemptAt();
    if (table.getRefresh() == DerivedRefresh.SCHEDULE) {
      return started == null || isReached(started.plusMillis(table.getEveryMs()), now);
    }
    return table.getRefresh() == DerivedRefresh.ON_COMMIT
        && (started == null || isReached(started.plus(pause), now))
        && changed.getAsBoolean();
  }

  private static boolean isReached(@Nullable Instant when, Instant now) {
    return when == null || !now.isBefore(when);
  }

  /** How long to wait after so many failures in a row. */
  static Duration pauseAfter(int failures) {
    Duration pause = FIRST.multipliedBy(1L << Math.min(failures - 1, 16));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }
}
