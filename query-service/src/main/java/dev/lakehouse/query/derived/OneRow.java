package dev.lakehouse.query.derived;

import dev.lakehouse.query.engine.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said of a dataset that was asked for: its name, how it stands, and its rows. */
final class OneRow implements Rows {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("table", "varchar"),
          new Column("state", "varchar"),
          new Column("rows", "bigint"));

  private @Nullable Object @Nullable [] row;

  private OneRow(@Nullable Object[] row) {
    this.row = row;
  }

  /**
   * The row.
   *
   * @param rows null if that is not known
   */
  static Rows of(String table, String state, @Nullable Long rows) {
    return new OneRow(new @Nullable Object[] {table, state, rows});
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    @Nullable Object @Nullable [] next = row;
    row = null;
    return next;
  }

  @Override
  public void close() {}
}
