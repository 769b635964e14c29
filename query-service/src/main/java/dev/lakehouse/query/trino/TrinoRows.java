package dev.lakehouse.query.trino;

import dev.lakehouse.query.engine.EngineQuery;
import dev.lakehouse.query.engine.Rows;
import dev.lakehouse.query.engine.Stop;
import dev.lakehouse.schemas.http.Problem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows as they flow from Trino; the driver holds a bounded number of them. */
final class TrinoRows implements Rows {
  private static final Logger LOG = LoggerFactory.getLogger(TrinoRows.class);

  private final Connection connection;
  private final Statement statement;
  private final ResultSet result;
  private final EngineQuery query;
  private final List<Column> columns = new ArrayList<>();
  private final List<ValueType> types = new ArrayList<>();
  private final long mostOfCell;
  private final Stop stop;

  /**
   * @param connection closed with the rows
   * @param result of a query that may have failed; asking it for a row tells
   * @param query that has it
   * @param outputs names and types of the columns, of which the result knows the sizes
   * @param mostOfCell largest value, in bytes
   */
  TrinoRows(
      Connection connection,
      Statement statement,
      ResultSet result,
      EngineQuery query,
      List<Output> outputs,
      long mostOfCell,
      Stop stop)
      throws SQLException {
    this.connection = connection;
    this.statement = statement;
    this.result = result;
    this.query = query;
    this.mostOfCell = mostOfCell;
    this.stop = stop;
    if (result.getMetaData().getColumnCount() != outputs.size() && result.next()) {
      throw new IllegalStateException("Trino answers with other columns than were asked for");
    }
    for (int i = 0; i < outputs.size(); i++) {
      ValueType known = outputs.get(i).type();
      ValueType told = TrinoTypes.of(result.getMetaData().getColumnTypeName(i + 1));
      ValueType type = TrinoValues.named(told, known);
      types.add(type);
      columns.add(new Column(outputs.get(i).name(), type.shown()));
    }
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  List<ValueType> types() {
    return types;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    stop.check();
    try {
      if (!result.next()) {
        stop.check();
        return null;
      }
      @Nullable Object[] row = new @Nullable Object[types.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = TrinoValues.read(result, i + 1, types.get(i));
        check(row[i], i);
      }
      return row;
    } catch (SQLException e) {
      throw stop.or(TrinoErrors.problem(e, query));
    }
  }

  private void check(@Nullable Object value, int column) {
    long bytes = TrinoValues.weight(value);
    if (bytes > mostOfCell) {
      String name = columns.get(column).name();
      throw Problem.of(
              400,
              "cell_too_large",
              "A value is too large",
              "a value of column '"
                  + name
                  + "' takes "
                  + bytes
                  + " bytes, more than the "
                  + mostOfCell
                  + " of query.max_cell")
          .hint("select a part of it, such as substring(…) or a filtered list, or its length")
          .with("columnName", name)
          .with("bytes", bytes)
          .with("most", mostOfCell)
          .toException();
    }
  }

  @Override
  public void close() {
    stop.onRequest(() -> {});
    try (connection;
        statement;
        result) {
      LOG.trace("an answer of Trino ends");
    } catch (SQLException e) {
      LOG.info("a query of Trino does not close", e);
    }
  }
}
