package dev.lakehouse.query.sql;

import dev.lakehouse.query.engine.Rows;
import dev.lakehouse.query.table.TableSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rows of a query that the house itself asks, as they flow; holds a place until closed. */
public final class Selection implements AutoCloseable {
  private final Rows rows;
  private final List<TableSnapshot> tables;
  private final Answer.Ending ending;
  private long count;

  Selection(Rows rows, List<TableSnapshot> tables, Answer.Ending ending) {
    this.rows = rows;
    this.tables = List.copyOf(tables);
    this.ending = ending;
  }

  public List<Rows.Column> columns() {
    return rows.columns();
  }

  /** The states that are read. */
  public List<TableSnapshot> tables() {
    return tables;
  }

  /**
   * The next row, or null after the last.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException if the query fails or is cancelled
   */
  public @Nullable Object @Nullable [] next() {
    @Nullable Object @Nullable [] row = rows.next();
    count += row == null ? 0 : 1;
    return row;
  }

  @Override
  public void close() {
    try {
      rows.close();
    } finally {
      ending.ended(count, null);
    }
  }
}
