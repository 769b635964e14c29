package dev.lakehouse.query.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as they flow from DuckDB, in bounded memory. */
final class DuckRows implements Rows {
  private final DuckBounds bounds;
  private final EngineQuery query;
  private final ResultSet result;
  private final List<AutoCloseable> open;
  private final Stop stop;

  /**
   * @param open what to close at the end, in this order
   */
  DuckRows(
      DuckBounds bounds, EngineQuery query, ResultSet result, List<AutoCloseable> open, Stop stop) {
    this.bounds = bounds;
    this.query = query;
    this.result = result;
    this.open = open;
    this.stop = stop;
  }

  @Override
  public List<Column> columns() {
    return bounds.columns();
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    stop.check();
    try {
      if (!result.next()) {
        stop.check();
        return null;
      }
      @Nullable Object[] row = new @Nullable Object[columns().size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = DuckValues.value(result, i + 1);
      }
      return row;
    } catch (SQLException e) {
      throw stop.or(bounds.problem(e).orElseGet(() -> DuckErrors.problem(e, query)));
    }
  }

  @Override
  public void close() {
    stop.onRequest(() -> {});
    closeAll(open);
  }

  /** Closes each, even if one before it fails. */
  static void closeAll(List<? extends AutoCloseable> all) {
    IllegalStateException failed = null;
    for (AutoCloseable each : all) {
      try {
        each.close();
      } catch (Exception e) {
        if (failed == null) {
          failed = new IllegalStateException("a query does not close");
        }
        failed.addSuppressed(e);
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
