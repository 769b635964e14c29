package dev.lakehouse.ingest.classify;

import java.util.Map;
import java.util.Optional;

/** What the classifier asks of the catalog about a dataset's table. */
interface TableLook {
  /**
   * A table as its columns are now.
   *
   * @param leaves path of each primitive leaf → its field id; metadata columns left out
   */
  record Columns(Map<String, Integer> leaves) {}

  /** The columns of the dataset's table, or empty unless the table reads this very topic. */
  Optional<Columns> columns(String dataset, String incarnation);
}
