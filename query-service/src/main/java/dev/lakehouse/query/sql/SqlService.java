package dev.lakehouse.query.sql;

import dev.lakehouse.query.engine.EngineQuery;
import dev.lakehouse.query.engine.QueryEngine;
import dev.lakehouse.query.engine.Rows;
import dev.lakehouse.query.engine.Stop;
import dev.lakehouse.query.guard.GuardedQuery;
import dev.lakehouse.query.guard.GuardedQuery.Named;
import dev.lakehouse.query.guard.SqlFront;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.config.QueryConfig;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.name.Nearest;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a request through admission, guard, tables and engine. Safe for use by many threads. */
public final class SqlService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqlService.class);

  private final QueryConfig limits;
  private final LakeTables tables;
  private final QueryEngine engine;
  private final QueryMetrics metrics;
  private final SqlFront front = new SqlFront();
  private final Admission admission;
  private final RunningQueries running = new RunningQueries();

  public SqlService(
      QueryConfig limits, LakeTables tables, QueryEngine engine, QueryMetrics metrics) {
    this.limits = limits;
    this.tables = tables;
    this.engine = engine;
    this.metrics = metrics;
    this.admission = new Admission(limits);
    metrics.watch(running::count, admission::waiting);
  }

  /**
   * Goes the whole way once, uncounted, so that the first caller does not wait for classes to load:
   * a query over values, and one over the first dataset if there is one. Never fails.
   */
  public void warm() {
    warm(
        "SELECT a, count(*) AS n, avg(b) AS v FROM (VALUES ('x', 1.5), ('y', 2.5)) AS t(a, b) WHERE"
            + " b > 0.1 GROUP BY a ORDER BY n DESC LIMIT 10");
    tables.names().stream()
        .findFirst()
        .ifPresent(name -> warm("SELECT * FROM lake.\"" + name.value() + "\" LIMIT 1"));
  }

  private void warm(String sql) {
    try (Rows rows = warmRows(front.accept(sql));
        ResultWriter out = new JsonWriter(OutputStream.nullOutputStream())) {
      out.begin(rows.columns());
      @Nullable Object @Nullable [] row = rows.next();
      while (row != null) {
        out.row(row);
        row = rows.next();
      }
      out.end(new Stats(0, 0, false, 0), Receipt.of("warm", List.of()));
    } catch (RuntimeException | IOException e) {
      LOG.info("warming up with '{}'", sql, e);
    }
  }

  private Rows warmRows(GuardedQuery query) {
    return engine.run(new EngineQuery(query, snapshots(query), List.of(), 10), new Stop());
  }

  /**
   * Runs a query up to its first rows. The answer must be closed.
   *
   * @throws ProblemException whatever is wrong
   */
  Answer run(SqlRequest request, Caller caller, String queryId) {
    long started = System.nanoTime();
    try {
      GuardedQuery query = front.accept(request.text());
      checkParameters(query, request);
      Duration atMost = atMost(request);
      Stop stop = running.started(queryId, caller.principal(), atMost);
      try {
        return admitted(query, request, queryId, started, atMost, stop);
      } catch (RuntimeException | Error e) {
        running.ended(queryId);
        throw e;
      }
    } catch (ProblemException e) {
      metrics.ended(started, 0, e.problem());
      throw e;
    }
  }

  private Answer admitted(
      GuardedQuery query,
      SqlRequest request,
      String queryId,
      long started,
      Duration atMost,
      Stop stop) {
    if (!admission.enter(atMost)) {
      throw RunningQueries.timeout(atMost).toException();
    }
    try {
      stop.check();
      List<TableSnapshot> snapshots = snapshots(query);
      long limit = request.limit() == null ? limits.maxRows() : request.limit();
      Rows rows =
          engine.run(new EngineQuery(query, snapshots, request.parameters(), limit + 1), stop);
      return new Answer(
          rows,
          stop,
          Receipt.of(queryId, snapshots),
          limit,
          snapshots.stream().mapToInt(table -> table.files().size()).sum(),
          started,
          (count, failed) -> {
            admission.leave();
            running.ended(queryId);
            metrics.ended(started, count, failed);
          });
    } catch (RuntimeException | Error e) {
      admission.leave();
      throw e;
    }
  }

  /** Whether there was such a query of the caller's to cancel. */
  boolean cancel(String queryId, Caller caller) {
    return running.cancel(queryId, caller.principal());
  }

  private Duration atMost(SqlRequest request) {
    Duration most = limits.timeout();
    if (request.timeoutMs() == null) {
      return most;
    }
    Duration asked = Duration.ofMillis(request.timeoutMs());
    return asked.compareTo(most) < 0 ? asked : most;
  }

  private static void checkParameters(GuardedQuery query, SqlRequest request) {
    int given = request.parameters().size();
    if (given != query.parameters()) {
      throw Problem.of(
              400,
              "sql_params",
              "The parameters do not fit",
              "the SQL has " + query.parameters() + " of ?, and params has " + given)
          .toException();
    }
  }

  private List<TableSnapshot> snapshots(GuardedQuery query) {
    List<TableSnapshot> snapshots = new ArrayList<>();
    for (Named name : query.tables()) {
      snapshots.add(tables.newest(new DatasetName(name.name())).orElseThrow(() -> unknown(name)));
    }
    return snapshots;
  }

  private ProblemException unknown(Named name) {
    List<String> nearest =
        Nearest.to(name.name(), tables.names().stream().map(DatasetName::value).toList(), 3);
    Problem problem =
        Problem.of(
                404,
                "unknown_table",
                "There is no such table",
                "there is no dataset '"
                    + name.name()
                    + "', at line "
                    + name.line()
                    + ", column "
                    + name.column())
            .with("table", name.name())
            .with("nearest", nearest)
            .with("line", name.line())
            .with("column", name.column());
    return (nearest.isEmpty()
            ? problem.hint("GET /catalog/datasets lists the datasets")
            : problem.hint("did you mean " + String.join(" or ", nearest) + "?"))
        .toException();
  }

  @Override
  public void close() {
    running.close();
  }
}
