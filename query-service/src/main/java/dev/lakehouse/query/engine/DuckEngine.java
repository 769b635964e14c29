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
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;

/**
 * DuckDB in this process: one database in memory, locked down before its first query, one
 * connection for each query.
 */
public final class DuckEngine implements QueryEngine {
  /** Rows above this flow from the engine; fewer are held by it, where they can be cancelled. */
  private static final long STREAMED_ABOVE = 50_000;

  private final DuckDBConnection root;
  private final DuckStreams streams;
  private final DuckScans scans;
  private final DuckMemory tables;
  private final DuckShapes shapes = new DuckShapes();
  private final BufferAllocator memory = new RootAllocator();
  private final long mostOfCell;

  private DuckEngine(DuckDBConnection root, DuckStreams streams, long mostOfCell)
      throws SQLException {
    this.root = root;
    this.streams = streams;
    this.mostOfCell = mostOfCell;
    this.scans = new DuckScans(root.duplicate());
    this.tables = new DuckMemory(root.duplicate(), scans);
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
      DuckEngine engine = new DuckEngine(root, streams, config.query().maxCellBytes());
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
            "SET allowed_configs = ['TimeZone']",
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
    return start(
        query, stop, (bounds, result, open) -> new DuckRows(bounds, query, result, open, stop));
  }

  @Override
  public Batches batches(EngineQuery query, Stop stop) {
    return start(
        query,
        stop,
        (bounds, result, open) -> new DuckBatches(bounds, query, result, memory, open, stop));
  }

  private <T> T start(EngineQuery asked, Stop stop, DuckRun.Reading<T> reading) {
    stop.check();
    boolean flows = asked.limit() > STREAMED_ABOVE;
    // Once rows flow it is too late to start again for a failure that only a hidden row brings.
    EngineQuery query = flows && asked.hidesRows() ? asked.behindBarrier() : asked;
    DuckScans.Lease lease = scans.lease(query.tables(), query.statement().metadata());
    try {
      DuckRun run = new DuckRun(query, dialect(query, lease), mostOfCell, shapes, lease, stop);
      Optional<DuckStreams.Stream> stream = flows ? streams.take() : Optional.empty();
      return stream.isPresent()
          ? run.streamed(stream.get(), root::duplicate, reading)
          : run.held(root.duplicate(), reading);
    } catch (SQLException e) {
      lease.close();
      throw stop.or(DuckErrors.problem(e, query));
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  @Override
  public List<String> plan(EngineQuery query, Stop stop) {
    try (DuckScans.Lease lease = scans.lease(query.tables(), query.statement().metadata());
        Connection connection = root.duplicate()) {
      return new DuckPlan(query, dialect(query, lease)).lines(connection, stop);
    } catch (SQLException e) {
      throw stop.or(DuckErrors.problem(e, query));
    }
  }

  private static DuckDialect dialect(EngineQuery query, DuckScans.Lease lease) {
    return DuckDialect.of(query, lease.scans());
  }

  @Override
  public TableMemory memory() {
    return tables;
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
      tables.close();
      scans.close();
      streams.close();
      root.close();
      memory.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the engine does not close", e);
    }
  }
}
