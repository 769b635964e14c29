package dev.lakehouse.jobs.land;

import dev.lakehouse.jobs.convert.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * Rows of an append-only table that is partitioned or sorted: kept for a while, then written sorted
 * and partition by partition.
 */
final class GroupedRows implements Parts {
  private final PartFiles files;
  private final @Nullable Comparator<StructLike> order;
  private final List<Row> rows = new ArrayList<>();
  private final KeptBytes.Share kept;

  GroupedRows(Table table, KeptBytes.Share kept) {
    this.kept = kept;
    files = new PartFiles(table, table.sortOrder(), null);
    order = Parts.order(table);
  }

  @Override
  public Schema schema() {
    return files.schema();
  }

  @Override
  public @Nullable KeyColumns keys() {
    return null;
  }

  @Override
  public boolean keepsRows() {
    return true;
  }

  @Override
  public void add(@Nullable Row key, Row row, int bytes) throws IOException {
    rows.add(row);
    if (kept.add(bytes)) {
      write();
    }
  }

  @Override
  public void remove(Row key, int bytes) {
    throw new IllegalStateException("an append-only dataset deletes nothing");
  }

  private void write() throws IOException {
    if (order != null) {
      rows.sort(order);
    }
    files.writeAll(rows);
    files.close();
    rows.clear();
    kept.clear();
  }

  @Override
  public List<Part> finish() throws IOException {
    write();
    return List.of(files.finish());
  }

  @Override
  public void abandon() {
    rows.clear();
    kept.clear();
    files.abandon();
  }
}
