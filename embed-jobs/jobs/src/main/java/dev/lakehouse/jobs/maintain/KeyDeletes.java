package dev.lakehouse.jobs.maintain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.util.StructLikeMap;
import org.apache.iceberg.util.StructProjection;

/**
 * The keys of equality deletes, each with the last commit that deleted it. Read once for all files
 * of a group, however many there are of both. For one thread.
 */
final class KeyDeletes {
  private final List<Keys> all;

  private KeyDeletes(List<Keys> all) {
    this.all = all;
  }

  /** Deletes by the same columns. */
  private record Keys(StructProjection key, StructLikeMap<Long> last) {
    boolean take(StructLike row, long sequence) {
      Long deleted = last.get(key.wrap(row));
      return deleted != null && deleted > sequence;
    }
  }

  /**
   * Reads the files.
   *
   * @throws UpkeepException if a column that they delete by is not in the table any more
   */
  static KeyDeletes read(Table table, Collection<DeleteFile> files)
      throws IOException, UpkeepException {
    Map<Set<Integer>, List<DeleteFile>> byColumns = new HashMap<>();
    for (DeleteFile file : files) {
      byColumns
          .computeIfAbsent(new HashSet<>(file.equalityFieldIds()), ids -> new ArrayList<>())
          .add(file);
    }
    List<Keys> all = new ArrayList<>();
    for (Map.Entry<Set<Integer>, List<DeleteFile>> entry : byColumns.entrySet()) {
      Schema columns = TypeUtil.select(table.schema(), entry.getKey());
      if (!TypeUtil.getProjectedIds(columns).containsAll(entry.getKey())) {
        throw new UpkeepException(
            "unsupported_table",
            "deletes of "
                + table.name()
                + " are by a column that the table has no more, of field id "
                + entry.getKey());
      }
      all.add(
          new Keys(
              StructProjection.create(table.schema(), columns),
              last(table, columns, entry.getValue())));
    }
    return new KeyDeletes(all);
  }

  private static StructLikeMap<Long> last(Table table, Schema columns, List<DeleteFile> files)
      throws IOException {
    StructLikeMap<Long> last = StructLikeMap.create(columns.asStruct());
    for (DeleteFile file : files) {
      long sequence = Objects.requireNonNull(file.dataSequenceNumber());
      try (CloseableIterable<StructLike> keys = RowFiles.read(table, file, columns, Map.of())) {
        for (StructLike key : keys) {
          Long before = last.get(key);
          if (before == null || before < sequence) {
            last.put(key, sequence);
          }
        }
      }
    }
    return last;
  }

  /** Whether the row, of a file of this sequence number, was deleted after it was written. */
  boolean take(StructLike row, long sequence) {
    for (Keys keys : all) {
      if (keys.take(row, sequence)) {
        return true;
      }
    }
    return false;
  }
}
