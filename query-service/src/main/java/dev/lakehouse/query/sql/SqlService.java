package dev.lakehouse.query.sql;

import dev.lakehouse.query.engine.EngineQuery;
import dev.lakehouse.query.engine.QueryEngine;
import dev.lakehouse.query.engine.Rows;
import dev.lakehouse.query.engine.Stop;
import dev.lakehouse.query.guard.GuardedQuery;
import dev.lakehouse.query.guard.GuardedQuery.Named;
import dev.lakehouse.query.guard.Seen;
import dev.lakehouse.query.guard.SqlFront;
import dev.lakehouse.query.guard.Statement;
import dev.lakehouse.query.guard.TableUse;
import dev.lakehouse.query.policy.Governor;
import dev.lakehouse.query.policy.View;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.query.upkeep.SnapshotUses;
import dev.lakehouse.schemas.config.QueryConfig;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a request through admission, guard, tables and engine. Safe for use by many threads. */
public final class SqlService implements AutoCloseable {
  /** More rows than any query of the house itself has. */
  private static final long ALL = 1_000_000_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(SqlService.class);

  private final QueryConfig limits;
  private final LakeTables tables;
  private final QueryEngine engine;
  private final QueryMetrics metrics;
  private final TablesRead reads;
  private final Governor governor;
  private final SqlFront front = new SqlFront();
  private final RecentStatements statements = new RecentStatements(front);
  private final Admission admission;
  private final RunningQueries queries = new RunningQueries();
  private final Warming warming = new Warming(this::warmOnce);

  /**
   * @param engine a {@link dev.lakehouse.query.policy.GovernedEngine} if there are policies
   * @param reading is told which snapshots are read
   * @param governor says what callers may see
   */
  public SqlService(
      QueryConfig limits,
      LakeTables tables,
      QueryEngine engine,
      QueryMetrics metrics,
      SnapshotUses reading,
      Governor governor) {
    this.limits = limits;
    this.tables = tables;
    this.engine = engine;
    this.metrics = metrics;
    this.reads = new TablesRead(tables, reading);
    this.governor = governor;
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
      out.end(Stats.NONE, Receipt.of("warm", List.of(), List.of(), null));
    } catch (RuntimeException | IOException e) {
      LOG.info("warming up with '{}'", sql, e);
    }
  }

  private Rows warmRows(GuardedQuery query) {
    List<TableSnapshot> snapshots = reads.snapshots(query.tables(), SqlRequest.of(""), View.OPEN);
    return engine.run(new EngineQuery(query, snapshots, List.of(), 10, ZoneOffset.UTC), new Stop());
  }

  /**
   * Runs a query up to its first rows. The answer must be closed.
   *
   * @param creating for a statement that makes a dataset
   * @param leave is asked before one is made
   * @throws ProblemException whatever is wrong
   */
  Answer run(
      SqlRequest request, Caller caller, String queryId, Creating creating, Creating.Leave leave) {
    long started = System.nanoTime();
    Statement parsed = parsed(request, started);
    if (parsed instanceof Statement.Create create) {
      return made(create, request, caller, queryId, started, creating, leave);
    }
    return admitted(
        parsed,
        request.atMost(limits.timeout()),
        caller,
        queryId,
        started,
        (statement, stop, ending) -> {
          View view = governor.of(caller.principal());
          long limit = limit(request);
          Found found = found(statement, request, view, limit + 1, stop);
          return new Answer(
              found.rows(),
              stop,
              Receipt.of(queryId, found.tables(), found.seen(), view.version()),
              limit,
              Answer.Files.of(found.tables(), found.seen()),
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
    long started = System.nanoTime();
    return admitted(
        parsed(request, started),
        request.atMost(limits.timeout()),
        caller,
        queryId,
        started,
        (statement, stop, ending) -> {
          View view = governor.of(caller.principal());
          if (!(statement instanceof Statement.Ask ask)) {
            throw Problem.of(
                    406,
                    "not_acceptable",
                    "Not in this format",
                    "DESCRIBE, SHOW and EXPLAIN are not answered as Arrow")
                .hint("accept application/json, application/x-ndjson or text/csv")
                .toException();
          }
          EngineQuery query = reads.query(ask.query(), request, view, limit(request));
          return new ArrowAnswer(
              engine.batches(query, stop),
              stop,
              Receipt.of(queryId, query.tables(), query.seen(), view.version()),
              ending);
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

  /**
   * What a query of the house itself reads.
   *
   * @throws ProblemException if it is no query, or has parameters
   */
  public List<DatasetName> sources(String sql) {
    return whole(sql).tables().stream().map(TableUse::dataset).distinct().toList();
  }

  private GuardedQuery whole(String sql) {
    GuardedQuery query = front.accept(sql);
    checkParameters(query.parameters(), 0);
    return query;
  }

  /** The columns of a query of the house itself, by name and type. */
  public List<Rows.Column> columns(String sql, ZoneId zone, Caller caller, String queryId) {
    try (Selection none = select(sql, zone, 0, limits.timeout(), caller, queryId)) {
      return none.columns();
    }
  }

  /**
   * Runs a query of the house itself up to its first rows; all of them flow. It waits for its place
   * among the others, and must be closed.
   *
   * @param atMost longest it may take
   * @throws ProblemException whatever is wrong
   */
  public Selection select(String sql, ZoneId zone, Duration atMost, Caller caller, String queryId) {
    return select(sql, zone, ALL, atMost, caller, queryId);
  }

  private Selection select(
      String sql, ZoneId zone, long most, Duration atMost, Caller caller, String queryId) {
    GuardedQuery query = whole(sql);
    return admitted(
        new Statement.Ask(query),
        atMost,
        caller,
        queryId,
        System.nanoTime(),
        (statement, stop, ending) -> {
          View view = governor.of(caller.principal());
          EngineQuery asked = reads.query(query, SqlRequest.of(sql, zone), view, most);
          return new Selection(engine.run(asked, stop), asked.tables(), ending);
        });
  }

  /** A dataset that was made of a query, as an answer. */
  private Answer made(
      Statement.Create create,
      SqlRequest request,
      Caller caller,
      String queryId,
      long started,
      Creating creating,
      Creating.Leave leave) {
    try {
      if (request.snapshot() != null) {
        throw Problem.of(
                400,
                "bad_request",
                "The request is not right",
                "the member 'snapshot' does not go with CREATE")
            .with("member", "snapshot")
            .hint("say FOR VERSION AS OF in the query")
            .toException();
      }
      Rows said =
          creating.create(
              create,
              request.timeZone() == null ? "UTC" : request.timeZone(),
              request.atMost(limits.timeout()),
              caller,
              leave);
      return new Answer(
          said,
          new Stop(),
          Receipt.of(queryId, List.of(), List.of(), governor.of(caller.principal()).version()),
          ALL,
          Answer.Files.NONE,
          started,
          (count, failed) -> metrics.ended(started, count, failed));
    } catch (ProblemException e) {
      metrics.ended(started, 0, e.problem());
      throw e;
    }
  }

  private Statement parsed(SqlRequest request, long started) {
    try {
      Statement statement = statements.of(request.text());
      checkParameters(parameters(statement), request.parameters().size());
      return statement;
    } catch (ProblemException e) {
      metrics.ended(started, 0, e.problem());
      throw e;
    }
  }

  private static int parameters(Statement statement) {
    return statement.asked().map(GuardedQuery::parameters).orElse(0);
  }

  private <T> T admitted(
      Statement statement,
      Duration atMost,
      Caller caller,
      String queryId,
      long started,
      Running<T> running) {
    try {
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

  /** Rows, the tables that they are about, and what is seen of those. */
  private record Found(Rows rows, List<TableSnapshot> tables, List<Seen> seen) {
    Found(Rows rows, EngineQuery query) {
      this(rows, query.tables(), query.seen());
    }
  }

  private Found found(Statement statement, SqlRequest request, View view, long most, Stop stop) {
    if (statement instanceof Statement.Ask ask) {
      EngineQuery query = reads.query(ask.query(), request, view, most);
      return new Found(engine.run(query, stop), query);
    }
    if (statement instanceof Statement.Explain explain) {
      EngineQuery query = reads.query(explain.query(), request, view, most);
      List<String> plan = engine.plan(query, stop);
      return new Found(Described.plan(query.tables(), query.seen(), plan), query);
    }
    if (statement instanceof Statement.ShowColumns show) {
      List<TableSnapshot> table = reads.snapshots(List.of(show.table()), request, view);
      List<Seen> seen = TablesRead.seen(table, request, view);
      return new Found(Described.columns(table.get(0), seen.get(0)), table, seen);
    }
    Statement.ShowTables show = (Statement.ShowTables) statement;
    return new Found(
        Described.tables(view.known(tables.names()), show.like()), List.of(), List.of());
  }

  /** What the policies would have of a query, of which nothing is run. */
  DryRun dryRun(SqlRequest request, Caller caller, String queryId) {
    View view = governor.of(caller.principal());
    Statement statement = statements.of(request.text());
    checkParameters(parameters(statement), request.parameters().size());
    List<TableSnapshot> snapshots = reads.snapshots(uses(statement), request, view);
    return DryRun.of(queryId, snapshots, TablesRead.seen(snapshots, request, view), view.version());
  }

  private static List<TableUse> uses(Statement statement) {
    if (statement instanceof Statement.ShowColumns show) {
      return List.of(show.table());
    } else if (statement instanceof Statement.Create create) {
      checkParameters(create.query().parameters(), 0);
      return create.query().tables();
    }
    return statement.asked().map(GuardedQuery::tables).orElse(List.of());
  }

  /** The names that a statement uses as columns, each once, as it spells them. */
  List<String> columns(SqlRequest request) {
    List<Named> named =
        statements.of(request.text()).asked().map(GuardedQuery::columns).orElse(List.of());
    return named.stream().map(Named::name).distinct().toList();
  }

  /** Whether there was such a query of the caller's to cancel. */
  public boolean cancel(String queryId, Caller caller) {
    return queries.cancel(queryId, caller.principal());
  }

  private static void checkParameters(int asked, int given) {
    if (given != asked) {
      throw Problem.of(
              400,
              "sql_params",
              "The parameters do not fit",
              "the SQL has " + asked + " of ?, and params has " + given)
          .toException();
    }
  }

  @Override
  public void close() {
    warming.close();
    queries.close();
  }
}
