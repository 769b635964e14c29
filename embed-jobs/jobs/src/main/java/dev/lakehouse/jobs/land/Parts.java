package dev.lakehouse.jobs.land;

import dev.lakehouse.jobs.convert.Row;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrderComparators;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** Makes the parts of a batch from the rows of one table schema. For one thread. */
sealed interface Parts permits AppendedRows, GroupedRows, KeyedRows {
  /**
   * As the table asks for: by key, in its partitions and sort order, or as the rows come.
   *
   * @param kept what the thread's tables keep in memory
   */
  static Parts of(Table table, KeptBytes kept) throws StoppedException {
    KeyColumns keys = KeyColumns.of(table);
    if (keys != null) {
      return new KeyedRows(table, keys, kept.share());
    }
    return table.sortOrder().isSorted() || table.spec().isPartitioned()
        ? new GroupedRows(table, kept.share())
        : new AppendedRows(table);
  }

  /** The table's sort order, or null if it has none. */
  static @Nullable Comparator<StructLike> order(Table table) {
    return table.sortOrder().isSorted()
        ? SortOrderComparators.forSchema(table.schema(), table.sortOrder())
        : null;
  }

  /** The schema of rows. */
  Schema schema();

  /** The key columns, or null if the dataset is append-only. */
  @Nullable KeyColumns keys();

  /** Whether rows are kept, and so must not be used for another afterwards. */
  boolean keepsRows();

  /**
   * Takes a row.
   *
   * @param key the row's key, if the dataset is keyed
   * @param bytes about what its values take
   */
  void add(@Nullable Row key, Row row, int bytes) throws IOException;

  /** Takes the end of a key. */
  void remove(Row key, int bytes) throws IOException;

  /** Closes all files and gives the parts since the last call, in order. */
  List<Part> finish() throws IOException;

  /** Deletes what was written since the last call of {@link #finish}. */
  void abandon();
}
