package dev.lakehouse.query.engine;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as they flow from DuckDB, in bounded memory. */
final class DuckRows implements Rows {
  private final EngineQuery query;
  private final ResultSet result;
  private final List<AutoCloseable> open;
  private final Stop stop;
  private final List<Column> columns = new ArrayList<>();

  /**
   * @param open what to close at the end, in this order
   */
  DuckRows(EngineQuery query, ResultSet result, List<AutoCloseable> open, Stop stop)
      throws SQLException {
    this.query = query;
    this.result = result;
    this.open = open;
    this.stop = stop;
    ResultSetMetaData meta = result.getMetaData();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(new Column(meta.getColumnLabel(i), DuckTypes.name(meta.getColumnTypeName(i))));
    }
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    stop.check();
    try {
      if (!result.next()) {
        stop.check();
        return null;
      }
      @Nullable Object[] row = new @Nullable Object[columns.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = DuckValues.value(result, i + 1);
      }
      return row;
    } catch (SQLException e) {
      throw stop.or(DuckErrors.problem(e, query));
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
