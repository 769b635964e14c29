package dev.lakehouse.query.sql;

import dev.lakehouse.query.engine.EngineQuery;
import dev.lakehouse.query.engine.QueryEngine;
import dev.lakehouse.query.engine.Rows;
import dev.lakehouse.query.engine.Stop;
import dev.lakehouse.query.guard.GuardedQuery;
import dev.lakehouse.query.guard.GuardedQuery.Named;
import dev.lakehouse.query.guard.SqlFront;
import dev.lakehouse.query.guard.Statement;
import dev.lakehouse.query.guard.TableUse;
import dev.lakehouse.query.table.AsOf;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.query.upkeep.SnapshotUses;
import dev.lakehouse.schemas.config.QueryConfig;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.name.Nearest;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final SnapshotUses reading;
  private final SqlFront front = new SqlFront();
  private final RecentStatements statements = new RecentStatements(front);
  private final Admission admission;
  private final RunningQueries queries = new RunningQueries();
  private final Warming warming = new Warming(this::warmOnce);

  /**
   * @param reading is told which snapshots are read
   */
  public SqlService(
      QueryConfig limits,
      LakeTables tables,
      QueryEngine engine,
      QueryMetrics metrics,
      SnapshotUses reading) {
    this.limits = limits;
    this.tables = tables;
    this.engine = engine;
    this.metrics = metrics;
    this.reading = reading;
    this.admission = new Admission(limits);
    metrics.watch(queries::count, admission::waiting);
  }

  /**
   * Goes the whole way once, uncounted, so that the first caller does not wait for classes to load,
   * and then again and again beside everything else, for a second at most, until the code of that
   * way is compiled. Never fails.
   */
  public void warm() {
    warmOnce();
    warming.start();
  }

  /** A query over values, and one over the first dataset if there is one. */
  private void warmOnce() {
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
      out.end(Stats.NONE, Receipt.of("warm", List.of()));
    } catch (RuntimeException | IOException e) {
      LOG.info("warming up with '{}'", sql, e);
    }
  }

  private Rows warmRows(GuardedQuery query) {
    List<TableSnapshot> snapshots = snapshots(query.tables(), SqlRequest.of(""));
    return engine.run(new EngineQuery(query, snapshots, List.of(), 10, ZoneOffset.UTC), new Stop());
  }

  /**
   * Runs a query up to its first rows. The answer must be closed.
   *
   * @throws ProblemException whatever is wrong
   */
  Answer run(SqlRequest request, Caller caller, String queryId) {
    long started = System.nanoTime();
    return admitted(
        request,
        caller,
        queryId,
        started,
        (statement, stop, ending) -> {
          long limit = limit(request);
          Found found = found(statement, request, limit + 1, stop);
          return new Answer(
              found.rows(),
              stop,
              Receipt.of(queryId, found.tables()),
              limit,
              Answer.Files.of(found.tables()),
              started,
              ending);
        });
  }

  /**
   * Runs a query up to its columns. The answer must be closed.
   *
   * @throws ProblemException whatever is wrong; {@code not_acceptable} for what is no query
   */
  ArrowAnswer arrow(SqlRequest request, Caller caller, String queryId) {
    return admitted(
        request,
        caller,
        queryId,
        System.nanoTime(),
        (statement, stop, ending) -> {
          if (!(statement instanceof Statement.Ask ask)) {
            throw Problem.of(
                    406,
                    "not_acceptable",
                    "Not in this format",
                    "DESCRIBE, SHOW and EXPLAIN are not answered as Arrow")
                .hint("accept application/json, application/x-ndjson or text/csv")
                .toException();
          }
          EngineQuery query = engineQuery(ask.query(), request, limit(request));
          return new ArrowAnswer(
              engine.batches(query, stop), stop, Receipt.of(queryId, query.tables()), ending);
        });
  }

  /** What is done with a statement once it may run. */
  private interface Running<T> {
    /**
     * Does it.
     *
     * @param ending to be told when the answer is over
     */
    T run(Statement statement, Stop stop, Answer.Ending ending);
  }

  private <T> T admitted(
      SqlRequest request, Caller caller, String queryId, long started, Running<T> running) {
    try {
      Statement statement = statements.of(request.text());
      checkParameters(statement, request);
      Duration atMost = atMost(request);
      Stop stop = queries.started(queryId, caller.principal(), atMost);
      try {
        if (!admission.enter(atMost)) {
          throw RunningQueries.timeout(atMost).toException();
        }
        return run(statement, queryId, started, stop, running);
      } catch (RuntimeException | Error e) {
        queries.ended(queryId);
        throw e;
      }
    } catch (ProblemException e) {
      metrics.ended(started, 0, e.problem());
      throw e;
    }
  }

  private <T> T run(
      Statement statement, String queryId, long started, Stop stop, Running<T> running) {
    try {
      stop.check();
      return running.run(
          statement,
          stop,
          (count, failed) -> {
            admission.leave();
            queries.ended(queryId);
            metrics.ended(started, count, failed);
          });
    } catch (RuntimeException | Error e) {
      admission.leave();
      throw e;
    }
  }

  private long limit(SqlRequest request) {
    return request.limit() == null ? limits.maxRows() : request.limit();
  }

  /** Rows and the tables that they are about. */
  private record Found(Rows rows, List<TableSnapshot> tables) {}

  private Found found(Statement statement, SqlRequest request, long most, Stop stop) {
    if (statement instanceof Statement.Ask ask) {
      EngineQuery query = engineQuery(ask.query(), request, most);
      return new Found(engine.run(query, stop), query.tables());
    }
    if (statement instanceof Statement.Explain explain) {
      EngineQuery query = engineQuery(explain.query(), request, most);
      return new Found(Described.plan(query.tables(), engine.plan(query, stop)), query.tables());
    }
    if (statement instanceof Statement.ShowColumns show) {
      List<TableSnapshot> table = snapshots(List.of(show.table()), request);
      return new Found(Described.columns(table.get(0)), table);
    }
    Statement.ShowTables show = (Statement.ShowTables) statement;
    return new Found(Described.tables(tables.names(), show.like()), List.of());
  }

  private EngineQuery engineQuery(GuardedQuery query, SqlRequest request, long most) {
    List<TableSnapshot> snapshots = snapshots(query.tables(), request);
    return new EngineQuery(
        query,
        new Reach(query, snapshots, request.parameters()).needed(),
        request.parameters(),
        most,
        request.zone());
  }

  /** The names that a statement uses as columns, each once, as it spells them. */
  List<String> columns(SqlRequest request) {
    Statement statement = statements.of(request.text());
    List<Named> named =
        statement instanceof Statement.Ask ask
            ? ask.query().columns()
            : statement instanceof Statement.Explain explain
                ? explain.query().columns()
                : List.of();
    return named.stream().map(Named::name).distinct().toList();
  }

  /** Whether there was such a query of the caller's to cancel. */
  boolean cancel(String queryId, Caller caller) {
    return queries.cancel(queryId, caller.principal());
  }

  private Duration atMost(SqlRequest request) {
    Duration most = limits.timeout();
    if (request.timeoutMs() == null) {
      return most;
    }
    Duration asked = Duration.ofMillis(request.timeoutMs());
    return asked.compareTo(most) < 0 ? asked : most;
  }

  private static void checkParameters(Statement statement, SqlRequest request) {
    int asked =
        statement instanceof Statement.Ask ask
            ? ask.query().parameters()
            : statement instanceof Statement.Explain explain ? explain.query().parameters() : 0;
    int given = request.parameters().size();
    if (given != asked) {
      throw Problem.of(
              400,
              "sql_params",
              "The parameters do not fit",
              "the SQL has " + asked + " of ?, and params has " + given)
          .toException();
    }
  }

  /** One state of each dataset, unless the request or its SQL names several. */
  private List<TableSnapshot> snapshots(List<TableUse> uses, SqlRequest request) {
    Past past = request.past();
    past.check(uses);
    Map<DatasetName, TableSnapshot> newest = new HashMap<>();
    List<TableSnapshot> snapshots = new ArrayList<>();
    for (TableUse use : uses) {
      AsOf asOf = past.of(use).in(request.zone());
      TableSnapshot known = asOf instanceof AsOf.Now ? newest.get(use.dataset()) : null;
      TableSnapshot snapshot =
          known == null
              ? tables.at(use.dataset(), asOf).orElseThrow(() -> unknown(use.place()))
              : known;
      if (asOf instanceof AsOf.Now) {
        newest.put(use.dataset(), snapshot);
        reading.newest(snapshot);
      } else {
        reading.past(snapshot);
        // It might have gone while it was not known to be read.
        snapshot = tables.at(use.dataset(), asOf).orElseThrow(() -> unknown(use.place()));
      }
      snapshots.add(snapshot);
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
    warming.close();
    queries.close();
  }
}
