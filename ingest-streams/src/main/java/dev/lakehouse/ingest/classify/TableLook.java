package dev.lakehouse.ingest.classify;

import dev.lakehouse.schemas.table.FormerFindings;
import java.util.Map;
import java.util.Optional;

/** What the classifier asks of the catalog about a dataset's table. */
interface TableLook {
  /**
   * A table as its columns are now.
   *
   * @param leaves path of each primitive leaf → its field id; metadata columns left out
   * @param former what was known of the rows that are on no topic any more; no kinds where the
   *     table was never renamed
   */
  record Columns(Map<String, Integer> leaves, FormerFindings former) {
    /** Of a table that was never renamed. */
    Columns(Map<String, Integer> leaves) {
      this(leaves, new FormerFindings(0, Map.of()));
    }
  }

  /** The columns of the dataset's table, or empty unless the table reads this very topic. */
  Optional<Columns> columns(String dataset, String incarnation);
}
