package dev.lakehouse.query.derived;

import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.OffsetVector;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits until a table has all of its topic up to some place. */
final class Landed {
  private static final long LOOK_NANOS = Duration.ofMillis(25).toNanos();

  private final LakeTables tables;
  private final Duration patience;

  /**
   * @param patience longest to wait without seeing anything land
   */
  Landed(LakeTables tables, Duration patience) {
    this.tables = tables;
    this.patience = patience;
  }

  /** Says that a refresh is to end. */
  @FunctionalInterface
  interface Check {
    /** Throws if so. */
    void run();
  }

  /**
   * Waits.
   *
   * @param ends the offset behind the last record of each partition that has one
   * @throws ProblemException {@code not_landing} if nothing landed for too long, or the check's
   */
  void await(DatasetName dataset, OffsetVector ends, Check check) {
    OffsetVector seen = OffsetVector.NONE;
    long since = System.nanoTime();
    while (true) {
      OffsetVector recorded = recorded(dataset);
      if (recorded.reaches(ends)) {
        return;
      }
      check.run();
      if (!recorded.equals(seen)) {
        seen = recorded;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > patience.toNanos()) {
        throw Problem.of(
                503,
                "not_landing",
                "The rows do not land",
                "nothing more of dataset '"
                    + dataset
                    + "' landed for "
                    + patience.toSeconds()
                    + " s: it is at "
                    + recorded
                    + " of "
                    + ends)
            .hint("GET /health says whether landing runs, and GET /status what stopped a dataset")
            .toException();
      }
      if (Thread.currentThread().isInterrupted()) {
        throw stopping();
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  static ProblemException stopping() {
    return Problem.of(503, "stopping", "The service stops", "the service stops").toException();
  }

  private OffsetVector recorded(DatasetName dataset) {
    return tables
        .table(dataset)
        .flatMap(LandedState::of)
        .map(LandedState::offsets)
        .orElse(OffsetVector.NONE);
  }
}
