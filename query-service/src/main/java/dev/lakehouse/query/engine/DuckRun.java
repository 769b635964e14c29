package dev.lakehouse.query.engine;

import dev.lakehouse.schemas.http.ProblemException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One query on its way to its first rows. */
final class DuckRun {
  private static final Logger LOG = LoggerFactory.getLogger(DuckRun.class);

  private final EngineQuery query;
  private final DuckDialect dialect;
  private final String text;
  private final long mostOfCell;
  private final DuckShapes shapes;
  private final DuckScans.Lease lease;
  private final Stop stop;

  /**
   * @param dialect with the lease's scans
   * @param shapes of the engine's statements before
   * @param lease closed by the rows; the caller's to close if there are none
   */
  DuckRun(
      EngineQuery query,
      DuckDialect dialect,
      long mostOfCell,
      DuckShapes shapes,
      DuckScans.Lease lease,
      Stop stop) {
    this.query = query;
    this.dialect = dialect;
    this.text = query.statement().text(dialect, query.limit());
    this.mostOfCell = mostOfCell;
    this.shapes = shapes;
    this.lease = lease;
    this.stop = stop;
  }

  /** What comes of a result. */
  @FunctionalInterface
  interface Reading<T> {
    /**
     * Makes something of the result.
     *
     * @param open what to close at the end, in this order
     */
    T of(DuckBounds bounds, ResultSet result, List<AutoCloseable> open) throws SQLException;
  }

  /** The result of a connection that holds results. */
  <T> T held(Connection own, Reading<T> reading) {
    return run(own, own, null, reading);
  }

  /**
   * The result of a connection whose results flow.
   *
   * @param plain used if they do not start to flow, for DuckDB does not say why there
   */
  <T> T streamed(DuckStreams.Stream stream, Connections plain, Reading<T> reading) {
    return run(stream.connection(), stream, plain, reading);
  }

  /** Opens connections that hold results. */
  @FunctionalInterface
  interface Connections {
    Connection open() throws SQLException;
  }

  /** Closes what holds the connection if the query does not start. */
  private <T> T run(
      Connection connection,
      AutoCloseable holder,
      @Nullable Connections plain,
      Reading<T> reading) {
    List<AutoCloseable> open = new ArrayList<>(List.of(holder));
    DuckBounds bounds = null;
    try {
      if (!query.zone().equals(ZoneOffset.UTC)) {
        inZone(connection, query.zone());
        open.add(0, () -> inZone(connection, ZoneOffset.UTC));
      }
      bounds = query.parameters().isEmpty() ? shapes.of(text) : null;
      PreparedStatement prepared = null;
      if (bounds == null) {
        prepared = prepare(connection, text, open);
        bounds = new DuckBounds(shape(connection, prepared), mostOfCell);
        if (query.parameters().isEmpty()) {
          shapes.keep(text, bounds);
        }
      }
      ResultSet result = result(connection, bounds, prepared, open);
      open.add(0, result);
      stop.check();
      T read = reading.of(bounds, result, open);
      open.add(lease);
      return read;
    } catch (SQLException e) {
      giveUp(open);
      stop.check();
      if (plain != null && bounds != null) {
        throwReason(bounds, plain);
      }
      throw problem(e, bounds);
    } catch (RuntimeException e) {
      giveUp(open);
      throw e;
    }
  }

  /** Runs the query within its bounds, planned no more often than needed. */
  private ResultSet result(
      Connection connection,
      DuckBounds bounds,
      @Nullable PreparedStatement prepared,
      List<AutoCloseable> open)
      throws SQLException {
    if (prepared != null && bounds.areSmall()) {
      return execute(prepared);
    }
    String bounded = bounds.areSmall() ? text : bounds.around(text);
    if (!query.parameters().isEmpty()) {
      return execute(prepare(connection, bounded, open));
    }
    Statement statement = connection.createStatement();
    open.add(0, statement);
    stop.onRequest(() -> cancel(statement));
    return statement.executeQuery(bounded);
  }

  private static void inZone(Connection connection, ZoneId zone) throws SQLException {
    String name = zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION TimeZone = " + DuckText.literal(name));
    }
  }

  /** What the rows are; a statement with parameters knows only once they have values. */
  private ResultSetMetaData shape(Connection connection, PreparedStatement statement)
      throws SQLException {
    if (query.parameters().isEmpty()) {
      return statement.getMetaData();
    }
    try (PreparedStatement empty = connection.prepareStatement(query.statement().text(dialect, 0));
        ResultSet none = execute(empty)) {
      return none.getMetaData();
    }
  }

  /** Runs the query once more, for nothing but the reason why it fails. */
  private void throwReason(DuckBounds bounds, Connections plain) {
    List<AutoCloseable> open = new ArrayList<>();
    try {
      Connection connection = plain.open();
      open.add(connection);
      inZone(connection, query.zone());
      execute(prepare(connection, bounds.reason(text), open)).close();
    } catch (SQLException e) {
      throw problem(e, bounds);
    } finally {
      giveUp(open);
    }
  }

  private ProblemException problem(SQLException e, @Nullable DuckBounds bounds) {
    ProblemException problem =
        bounds == null
            ? DuckErrors.problem(e, query)
            : bounds.problem(e).orElseGet(() -> DuckErrors.problem(e, query));
    return stop.or(problem);
  }

  private void giveUp(List<AutoCloseable> open) {
    stop.onRequest(() -> {});
    DuckRows.closeAll(open);
  }

  private static PreparedStatement prepare(
      Connection connection, String sql, List<AutoCloseable> open) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    open.add(0, statement);
    return statement;
  }

  private ResultSet execute(PreparedStatement statement) throws SQLException {
    List<@Nullable Object> parameters = query.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, parameters.get(i));
    }
    stop.onRequest(() -> cancel(statement));
    return statement.executeQuery();
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      LOG.debug("the query ended while it was cancelled", e);
    }
  }
}
