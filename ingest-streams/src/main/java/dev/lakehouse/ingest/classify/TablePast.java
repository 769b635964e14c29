package dev.lakehouse.ingest.classify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Evidence from rows of a table, for what the log no longer has. */
interface TablePast {
  /**
   * Looks at the table's rows that came from the ranges. Ends with the evidence of each leaf by its
   * field id; with nothing as long as there is no such table, or it has not landed all of the
   * ranges; exceptionally if it cannot be read now.
   */
  CompletableFuture<Optional<Map<Integer, ColumnState>>> read(
      String dataset, String incarnation, List<Unread> ranges);
}
