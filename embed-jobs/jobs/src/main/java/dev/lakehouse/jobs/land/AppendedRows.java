package dev.lakehouse.jobs.land;

import dev.lakehouse.jobs.convert.Row;
import java.io.IOException;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** Rows of an append-only table without partitions and order, written as they come. */
final class AppendedRows implements Parts {
  private final PartFiles files;

  AppendedRows(Table table) {
    files = new PartFiles(table, SortOrder.unsorted(), null);
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
    return false;
  }

  @Override
  public void add(@Nullable Row key, Row row, int bytes) throws IOException {
    files.write(row);
  }

  @Override
  public void remove(Row key, int bytes) {
    throw new IllegalStateException("an append-only dataset deletes nothing");
  }

  @Override
  public List<Part> finish() throws IOException {
    return List.of(files.finish());
  }

  @Override
  public void abandon() {
    files.abandon();
  }
}
