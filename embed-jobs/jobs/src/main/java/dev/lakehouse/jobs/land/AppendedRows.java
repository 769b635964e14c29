package dev.lakehouse.jobs.land;

import dev.lakehouse.jobs.convert.Row;
import java.io.IOException;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** Rows of an append-only table, written as they come. */
final class AppendedRows implements Parts {
  private final PartFiles files;
  private final boolean partitioned;
  private long bytesOpen;

  AppendedRows(Table table) {
    files = new PartFiles(table, SortOrder.unsorted(), null);
    partitioned = table.spec().isPartitioned();
  }

  @Override
  public Schema schema() {
    return files.schema();
  }

  @Override
  public @Nullable KeyColumns keys() {
    return null;
  }

  /** A partition's values are kept as long as its file is open. */
  @Override
  public boolean keepsRows() {
    return partitioned;
  }

  @Override
  public void add(@Nullable Row key, Row row, int bytes) throws IOException {
    files.write(row);
    bytesOpen += bytes;
    if (partitioned && bytesOpen > MOST_BYTES_KEPT) {
      files.close();
      bytesOpen = 0;
    }
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
