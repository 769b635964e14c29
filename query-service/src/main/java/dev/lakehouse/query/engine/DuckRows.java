package dev.lakehouse.query.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as they flow from DuckDB, in bounded memory. */
final class DuckRows implements Rows {
  private final EngineQuery query;
  private final Connection connection;
  private final PreparedStatement statement;
  private final ResultSet result;
  private final DuckScans.Lease lease;
  private final Stop stop;
  private final List<Column> columns = new ArrayList<>();

  DuckRows(
      EngineQuery query,
      Connection connection,
      PreparedStatement statement,
      ResultSet result,
      DuckScans.Lease lease,
      Stop stop)
      throws SQLException {
    this.query = query;
    this.connection = connection;
    this.statement = statement;
    this.result = result;
    this.lease = lease;
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
    try (result;
        statement) {
      stop.onRequest(() -> {});
    } catch (SQLException e) {
      throw new IllegalStateException("a result does not close", e);
    } finally {
      close(connection, lease);
    }
  }

  static void close(@Nullable Connection connection, DuckScans.@Nullable Lease lease) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a connection does not close", e);
    } finally {
      if (lease != null) {
        lease.close();
      }
    }
  }
}
