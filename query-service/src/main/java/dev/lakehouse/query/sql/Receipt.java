package dev.lakehouse.query.sql;

import dev.lakehouse.query.table.TableSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What exactly an answer was computed from. */
record Receipt(String queryId, List<Source> tables) {
  /**
   * One table as it was read.
   *
   * @param snapshotId as text, for it is a 64-bit number; null while the table has no snapshot
   * @param offsets next offset of each partition of its topic, as text
   */
  record Source(String name, @Nullable String snapshotId, Map<Integer, String> offsets) {
    static Source of(TableSnapshot table) {
      Map<Integer, String> offsets = new TreeMap<>();
      table.offsets().next().forEach((partition, next) -> offsets.put(partition, next.toString()));
      return new Source(
          table.dataset().value(),
          table.snapshotId() == null ? null : table.snapshotId().toString(),
          offsets);
    }
  }

  static Receipt of(String queryId, List<TableSnapshot> tables) {
    return new Receipt(queryId, tables.stream().map(Source::of).distinct().toList());
  }
}
