package dev.lakehouse.query.sql;

import dev.lakehouse.query.engine.Rows;
import dev.lakehouse.query.guard.Statement;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import java.time.Duration;

/** Makes datasets of queries, for the statements that ask for it. */
@FunctionalInterface
public interface Creating {
  /** For a service that writes nothing. */
  Creating NONE =
      (create, zone, atMost, caller, leave) -> {
        throw Problem.of(
                503,
                "read_only",
                "Nothing can be made here",
                "this query service has no broker to write to")
            .toException();
      };

  /**
   * Makes a dataset, and waits for its first rows.
   *
   * @param zone in which the query reads clocks
   * @param atMost longest to wait; the making itself goes on behind that
   * @param leave is asked before anything is made
   * @return what is said of it
   * @throws ProblemException if it cannot be made
   */
  Rows create(Statement.Create create, String zone, Duration atMost, Caller caller, Leave leave);

  /** Whether a dataset may be made. */
  @FunctionalInterface
  interface Leave {
    /**
     * Asks.
     *
     * @throws ProblemException if it may not
     */
    void toMake(DatasetName dataset);
  }
}
