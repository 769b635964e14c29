package dev.lakehouse.query.sql;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lakehouse.query.guard.Seen;
import dev.lakehouse.query.table.TableSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What exactly an answer was computed from.
 *
 * @param policy version of the policies that were applied; null while authentication is off
 */
record Receipt(
    String queryId,
    List<Source> tables,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String policy) {
  /**
   * One table as it was read.
   *
   * @param snapshotId as text, for it is a 64-bit number; null while the table has no snapshot
   * @param offsets next offset of each partition of its topic, as text; none where rows are hidden,
   *     for they tell how many there are
   */
  record Source(String name, @Nullable String snapshotId, Map<Integer, String> offsets) {
    static Source of(TableSnapshot table, Seen seen) {
      Map<Integer, String> offsets = new TreeMap<>();
      if (!(seen instanceof Seen.Part part && part.rows() != null)) {
        table
            .offsets()
            .next()
            .forEach((partition, next) -> offsets.put(partition, next.toString()));
      }
      return new Source(
          table.dataset().value(),
          table.snapshotId() == null ? null : table.snapshotId().toString(),
          offsets);
    }
  }

  /**
   * The receipt of a query.
   *
   * @param seen what it saw of each of the tables
   */
  static Receipt of(
      String queryId, List<TableSnapshot> tables, List<Seen> seen, @Nullable String policy) {
    return new Receipt(
        queryId,
        IntStream.range(0, tables.size())
            .mapToObj(use -> Source.of(tables.get(use), seen.get(use)))
            .distinct()
            .toList(),
        policy);
  }
}
