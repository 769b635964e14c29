package dev.lakehouse.query.trino;

import dev.lakehouse.query.engine.Batches;
import dev.lakehouse.query.engine.EngineQuery;
import dev.lakehouse.query.engine.QueryEngine;
import dev.lakehouse.query.engine.Rows;
import dev.lakehouse.query.engine.Stop;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.config.EngineConfig;
import dev.lakehouse.schemas.config.QueryConfig;
import io.trino.jdbc.TrinoConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Trino cluster over its JDBC driver, one connection for each query. It reads the tables through
 * the catalog that this program serves, each at the snapshot that the receipt tells.
 */
public final class TrinoEngine implements QueryEngine {
  private static final Logger LOG = LoggerFactory.getLogger(TrinoEngine.class);

  /** How often a query that calls itself may do so. */
  private static final String MOST_RECURSIONS = "20";

  private final EngineConfig server;
  private final long mostOfCell;
  private final LakeTables tables;
  private final BufferAllocator memory = new RootAllocator();
  private final ExecutorService checks =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "trino-check");
            thread.setDaemon(true);
            return thread;
          });

  private TrinoEngine(QueryConfig config, LakeTables tables) {
    this.server = config.engine();
    this.mostOfCell = config.maxCellBytes();
    this.tables = tables;
  }

  /**
   * The engine; Trino itself may come later, for it needs the catalog that comes after this.
   *
   * @param tables that queries are about
   */
  public static TrinoEngine start(QueryConfig config, LakeTables tables) {
    return new TrinoEngine(config, tables);
  }

  @Override
  public Rows run(EngineQuery query, Stop stop) {
    return rows(query, stop);
  }

  @Override
  public Batches batches(EngineQuery query, Stop stop) {
    TrinoRows rows = rows(query, stop);
    try {
      return new TrinoBatches(rows, memory);
    } catch (RuntimeException | Error e) {
      rows.close();
      throw e;
    }
  }

  private TrinoRows rows(EngineQuery query, Stop stop) {
    stop.check();
    Translation.Result translated = Translation.of(query, server.catalog(), this::stored);
    return asked(
        query,
        translated,
        translated.text(),
        stop,
        (connection, statement, result) ->
            new TrinoRows(
                connection, statement, result, query, translated.outputs(), mostOfCell, stop));
  }

  @Override
  public List<String> plan(EngineQuery query, Stop stop) {
    stop.check();
    Translation.Result translated = Translation.of(query, server.catalog(), this::stored);
    return asked(
        query,
        translated,
        "EXPLAIN (TYPE LOGICAL) " + translated.text(),
        stop,
        (connection, statement, result) -> {
          try (connection;
              statement;
              result) {
            return TrinoPlan.lines(result);
          }
        });
  }

  /** What is made of a result; closes what it is given, now or later. */
  private interface Reading<T> {
    T of(Connection connection, Statement statement, ResultSet result) throws SQLException;
  }

  private <T> T asked(
      EngineQuery query,
      Translation.Result translated,
      String text,
      Stop stop,
      Reading<T> reading) {
    List<AutoCloseable> open = new ArrayList<>();
    try {
      Connection connection = connect();
      open.add(0, connection);
      TrinoConnection trino = connection.unwrap(TrinoConnection.class);
      trino.setTimeZoneId(
          query.zone().normalized().getId().equals("Z") ? "UTC" : query.zone().getId());
      trino.setLocale(Locale.ENGLISH);
      if (translated.recursive()) {
        trino.setSessionProperty("max_recursion_depth", MOST_RECURSIONS);
      }
      Statement statement = connection.createStatement();
      open.add(0, statement);
      stop.onRequest(() -> cancel(statement));
      if (!query.isGoverned()) {
        LOG.debug("asks Trino: {}", text);
      }
      ResultSet result = statement.executeQuery(text);
      open.add(0, result);
      stop.check();
      return reading.of(connection, statement, result);
    } catch (SQLException e) {
      close(open, stop);
      throw stop.or(TrinoErrors.problem(e, query));
    } catch (RuntimeException | Error e) {
      close(open, stop);
      throw e;
    }
  }

  private static void close(List<AutoCloseable> open, Stop stop) {
    stop.onRequest(() -> {});
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception e) {
        LOG.debug("what a query of Trino left does not close", e);
      }
    }
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      LOG.debug("the query ended while it was cancelled", e);
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", server.user());
    properties.setProperty("source", "lakehouse");
    if (!server.password().isEmpty()) {
      properties.setProperty("password", server.password());
    }
    return DriverManager.getConnection(server.url(), properties);
  }

  /** The columns that the table had at its snapshot, which are what Trino reads of it. */
  private Schema stored(TableSnapshot snapshot) {
    Long id = snapshot.snapshotId();
    Table table = tables.table(snapshot.dataset()).orElse(null);
    return id == null || table == null || table.snapshot(id) == null
        ? snapshot.schema()
        : SnapshotUtil.schemaFor(table, id);
  }

  @Override
  public void check(Duration within) {
    CompletableFuture<Void> asked = CompletableFuture.runAsync(this::selectOne, checks);
    try {
      asked.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("Trino does not answer within " + within.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw new IllegalStateException("Trino does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void selectOne() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1")) {
      if (!rows.next() || rows.getInt(1) != 1) {
        throw new IllegalStateException("Trino does not know that 1 is 1");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(TrinoErrors.clean(TrinoErrors.firstLine(e)), e);
    }
  }

  @Override
  public void close() {
    checks.shutdownNow();
    memory.close();
  }
}
