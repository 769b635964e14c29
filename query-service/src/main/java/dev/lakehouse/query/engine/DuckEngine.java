package dev.lakehouse.query.engine;

import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.config.QueryConfig;
import dev.lakehouse.schemas.table.LocalFileIO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DuckDB in this process: one database in memory, locked down before its first query, one
 * connection for each query.
 */
public final class DuckEngine implements QueryEngine {
  /** Rows above this flow from the engine; fewer are held by it, where they can be cancelled. */
  private static final long STREAMED_ABOVE = 50_000;

  private static final Logger LOG = LoggerFactory.getLogger(DuckEngine.class);

  private final DuckDBConnection root;
  private final DuckStreams streams;
  private final DuckScans scans;

  private DuckEngine(DuckDBConnection root, DuckStreams streams) throws SQLException {
    this.root = root;
    this.streams = streams;
    this.scans = new DuckScans(root.duplicate());
  }

  /**
   * Starts the engine, which may read the warehouse and nothing else, and warms it.
   *
   * @param config with the warehouse's address known
   */
  public static DuckEngine start(LakehouseConfig config) {
    try {
      Path temporary = config.data().path().resolve("tmp").resolve("duckdb");
      Files.createDirectories(temporary);
      DuckDBConnection root = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
      DuckStreams streams = new DuckStreams(root, config.query().concurrent());
      lockDown(root, config.query(), LocalFileIO.path(config.catalog().warehouse()), temporary);
      DuckEngine engine = new DuckEngine(root, streams);
      engine.warm();
      return engine;
    } catch (SQLException e) {
      throw new IllegalStateException("the engine does not start", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In this order: whatever comes after the last line can change no setting. */
  private static void lockDown(
      Connection connection, QueryConfig limits, Path warehouse, Path temporary)
      throws SQLException {
    String directory = warehouse.toAbsolutePath().normalize() + "/";
    List<String> statements =
        List.of(
            "SET temp_directory = " + DuckText.literal(temporary.toString()),
            "SET memory_limit = " + DuckText.literal(limits.memoryBytes() / 1024 + "KiB"),
            "SET threads = " + limits.threads(),
            "SET GLOBAL TimeZone = 'UTC'",
            "SET GLOBAL integer_division = true",
            "SET preserve_insertion_order = true",
            "SET GLOBAL parquet_metadata_cache = true",
            "SET autoinstall_known_extensions = false",
            "SET autoload_known_extensions = false",
            "SET allow_community_extensions = false",
            "CREATE SCHEMA " + DuckScan.SCHEMA,
            "SET allowed_directories = [" + DuckText.literal(directory) + "]",
            "SET enable_external_access = false",
            "SET lock_configuration = true");
    try (Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** Touches what a first query would otherwise load: functions, time zones, the JDBC layer. */
  private void warm() throws SQLException {
    try (Connection connection = root.duplicate();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT region, count(*) AS n, avg(i) AS a, max(ts) AS m, sum(d) AS s FROM (SELECT"
                    + " 'r' || (i % 7) AS region, i, TIMESTAMPTZ '2024-01-01 00:00:00+00' AS ts,"
                    + " CAST(i AS DECIMAL(18,2)) AS d FROM range(20000) AS t(i)) WHERE i > ? GROUP"
                    + " BY region ORDER BY n DESC LIMIT 5")) {
      statement.setLong(1, 5);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          DuckValues.value(rows, 4);
        }
      }
    }
  }

  @Override
  public Rows run(EngineQuery query, Stop stop) {
    stop.check();
    DuckScans.Lease lease = scans.lease(query.tables());
    try {
      String text = query.statement().text(new DuckDialect(lease.scans()), query.limit());
      Optional<DuckStreams.Stream> stream =
          query.limit() > STREAMED_ABOVE ? streams.take() : Optional.empty();
      if (stream.isPresent()) {
        try {
          return rows(query, text, stream.get().connection(), stream.get(), lease, stop);
        } catch (SQLException e) {
          // DuckDB does not say why a stream did not start; the plain way below does.
          stop.check();
        }
      }
      DuckDBConnection own = root.duplicate();
      return rows(query, text, own, own, lease, stop);
    } catch (SQLException e) {
      lease.close();
      throw stop.or(DuckErrors.problem(e, query));
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  /** Closes what holds the connection if the query does not start. */
  private static Rows rows(
      EngineQuery query,
      String text,
      Connection connection,
      AutoCloseable holder,
      DuckScans.Lease lease,
      Stop stop)
      throws SQLException {
    List<AutoCloseable> open = new ArrayList<>(List.of(holder));
    try {
      PreparedStatement statement = connection.prepareStatement(text);
      open.add(0, statement);
      bind(statement, query.parameters());
      stop.onRequest(() -> cancel(statement));
      ResultSet result = statement.executeQuery();
      open.add(0, result);
      stop.check();
      open.add(lease);
      return new DuckRows(query, result, open, stop);
    } catch (SQLException | RuntimeException e) {
      open.remove(lease);
      stop.onRequest(() -> {});
      DuckRows.closeAll(open);
      throw e;
    }
  }

  private static void bind(PreparedStatement statement, List<@Nullable Object> parameters)
      throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, parameters.get(i));
    }
  }

  private static void cancel(PreparedStatement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      LOG.debug("the query ended while it was cancelled", e);
    }
  }

  @Override
  public void check(Duration within) {
    try (Connection connection = root.duplicate();
        PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
      statement.setQueryTimeout((int) Math.max(1, within.toSeconds()));
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next() || rows.getInt(1) != 1) {
          throw new IllegalStateException("the engine does not know that 1 is 1");
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(DuckErrors.firstLine(e), e);
    }
  }

  /** A connection as queries have it, for the proof of the lock-down. */
  Connection bareConnection() throws SQLException {
    return root.duplicate();
  }

  @Override
  public void close() {
    try {
      scans.close();
      streams.close();
      root.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the engine does not close", e);
    }
  }
}
