package dev.lakehouse.jobs.land;

import dev.lakehouse.jobs.convert.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.StructLikeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a keyed table. Of each key only the last row of a part is written, since a part's deletes
 * do not reach its own rows; they reach those of the parts before.
 */
final class KeyedRows implements Parts {
  private final Table table;
  private final KeyColumns keys;
  private final PartFiles files;
  private final @Nullable Comparator<StructLike> order;
  private final StructLikeMap<Optional<Row>> last;
  private final List<Part> done = new ArrayList<>();
  private final KeptBytes.Share kept;

  KeyedRows(Table table, KeyColumns keys, KeptBytes.Share kept) {
    this.table = table;
    this.keys = keys;
    this.kept = kept;
    files = new PartFiles(table, table.sortOrder(), keys.schema());
    order = Parts.order(table);
    last = StructLikeMap.create(keys.schema().asStruct());
  }

  @Override
  public Schema schema() {
    return files.schema();
  }

  @Override
  public KeyColumns keys() {
    return keys;
  }

  @Override
  public boolean keepsRows() {
    return true;
  }

  @Override
  public void add(@Nullable Row key, Row row, int bytes) throws IOException {
    if (key == null) {
      throw new IllegalStateException("a keyed dataset's row has a key");
    }
    put(key, Optional.of(row), bytes);
  }

  @Override
  public void remove(Row key, int bytes) throws IOException {
    put(key, Optional.empty(), bytes);
  }

  private void put(Row key, Optional<Row> row, int bytes) throws IOException {
    last.put(key, row);
    if (kept.add(bytes)) {
      write();
    }
  }

  private void write() throws IOException {
    List<Row> rows = new ArrayList<>();
    last.values().forEach(row -> row.ifPresent(rows::add));
    files.deleteAll(last.keySet());
    if (order != null) {
      rows.sort(order);
    }
    files.writeAll(rows);
    Part part = files.finish();
    if (!part.isEmpty()) {
      done.add(part);
    }
    last.clear();
    kept.clear();
  }

  @Override
  public List<Part> finish() throws IOException {
    write();
    List<Part> parts = List.copyOf(done);
    done.clear();
    return parts;
  }

  @Override
  public void abandon() {
    last.clear();
    kept.clear();
    files.abandon();
    done.forEach(part -> PartFiles.delete(table, part));
    done.clear();
  }
}
