package dev.lakehouse.query.derived;

import dev.lakehouse.query.engine.Rows;
import dev.lakehouse.query.guard.Freshness;
import dev.lakehouse.query.guard.Statement;
import dev.lakehouse.query.sql.Creating;
import dev.lakehouse.query.sql.SqlService;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.event.DerivedState;
import dev.lakehouse.schemas.event.DerivedTable;
import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LakeCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Derived tables: defined, listed, refreshed, ended. What was defined is read in the background, so
 * that nobody waits for broker and registry at the start; until then they are said not to be ready.
 * Safe for use by many threads.
 */
public final class DerivedService implements Creating, AutoCloseable {
  private final TableMaker maker;
  private final Turns turns;

  private DerivedService(TableMaker maker, Turns turns) {
    this.maker = maker;
    this.turns = turns;
  }

  /**
   * Goes on with what is defined.
   *
   * @param catalog stays the caller's to close
   */
  public static DerivedService start(
      LakehouseConfig config,
      SqlService sql,
      LakeTables tables,
      LakeCatalog catalog,
      KafkaClients clients,
      SchemaRegistry registry,
      MeterRegistry meters,
      Clock clock) {
    TableMaker maker = new TableMaker(clients, registry, catalog, config.topics());
    Refresher refresher =
        new Refresher(
            config.derived(), sql, maker, clients, new Landed(tables, config.derived().landing()));
    DerivedMetrics metrics = new DerivedMetrics(meters);
    Turns turns =
        new Turns(
            config.derived(),
            () -> {
              DerivedLog log = DerivedLog.read(clients, registry, clock);
              LineageLog lineage = lineage(clients, clock, log);
              return new Turns.Opened(
                  log,
                  lineage,
                  new Definitions(log, sql, maker, clock),
                  new Work(log, lineage, refresher, maker, sql, metrics, clock));
            },
            new Sources(tables),
            sql,
            clock);
    metrics.watch(() -> turns.opened().map(now -> Turns.failing(now.log()).size()).orElse(0));
    turns.begin();
    return new DerivedService(maker, turns);
  }

  private static LineageLog lineage(KafkaClients clients, Clock clock, DerivedLog log) {
    try {
      return LineageLog.open(clients, clock);
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
  }

  /** The routes of derived tables and of lineage. */
  public Routes routes() {
    return new DerivedRoutes(this);
  }

  /** Degraded while derived tables are failing, each with its reason. */
  public ComponentHealth health() {
    List<String> failing = turns.opened().map(now -> Turns.failing(now.log())).orElse(List.of());
    return failing.isEmpty()
        ? ComponentHealth.up()
        : ComponentHealth.degraded(String.join("; ", failing));
  }

  @Override
  public Rows create(
      Statement.Create create, String zone, Duration atMost, Caller caller, Leave leave) {
    DatasetName dataset = Definitions.name(create.name());
    leave.toMake(dataset);
    if (create.ifNotExists() && maker.exists(dataset)) {
      return OneRow.of(create.name(), "exists", null);
    }
    String name = dataset.value();
    CompletableFuture<DerivedTable> filling =
        make(name, true, create.sql(), create.freshness(), zone, caller);
    return Turns.await(filling, atMost)
        .map(table -> OneRow.of(name, "filled", table.getRows()))
        .orElseGet(() -> OneRow.of(name, "filling", null));
  }

  /**
   * Defines one; its first refresh begins.
   *
   * @param leave is asked before anything is made
   */
  DerivedView define(DerivedBody body, Caller caller, Leave leave) {
    DatasetName dataset = Definitions.name(body.nameText());
    leave.toMake(dataset);
    String name = dataset.value();
    var unused = make(name, false, body.query(), body.freshness(), body.zone(), caller);
    return one(name);
  }

  private CompletableFuture<DerivedTable> make(
      String name, boolean once, String query, Freshness freshness, String zone, Caller caller) {
    Turns.Opened now = opened();
    return turns.make(
        now,
        name,
        once,
        () -> guarded(() -> now.definitions().define(name, query, freshness, zone, caller)));
  }

  /** Those that have not ended, by name. */
  List<DerivedView> list() {
    return opened().log().all().stream()
        .filter(table -> table.getState() != DerivedState.ENDED)
        .map(this::view)
        .toList();
  }

  /**
   * One of them.
   *
   * @throws ProblemException 404 {@code unknown_derived}
   */
  DerivedView one(String name) {
    return view(found(name));
  }

  /** Asks for a refresh, behind the one that runs, if one does. */
  DerivedView refresh(String name) {
    DerivedTable table = found(name);
    turns.ask(table.getName());
    return one(name);
  }

  /**
   * Ends one: its dataset is an ordinary one from then on.
   *
   * @param atMost longest to wait for that
   */
  DerivedView end(String name, Duration atMost) {
    DerivedTable table = found(name);
    Turns.Opened now = opened();
    guarded(
        () -> {
          turns.end(now, name);
          return table;
        });
    turns.awaitEnd(now, name, atMost);
    return opened().log().find(name).map(this::view).orElseGet(() -> DerivedView.gone(table));
  }

  /** What the dataset is made of, and what is made of it. */
  Lineage lineage(String dataset) {
    return Lineage.of(
        dataset,
        opened().log().all().stream()
            .filter(table -> table.getState() != DerivedState.ENDED || maker.isThere(table))
            .toList());
  }

  private DerivedTable found(String name) {
    return opened()
        .log()
        .find(name)
        .filter(table -> table.getState() != DerivedState.ENDED)
        .orElseThrow(
            () ->
                Problem.of(
                        404,
                        "unknown_derived",
                        "There is no such derived table",
                        "'" + name + "' is no derived table")
                    .hint("GET /catalog/derived lists them")
                    .toException());
  }

  private DerivedView view(DerivedTable table) {
    return DerivedView.of(table, turns.isRunning(table.getName()));
  }

  private Turns.Opened opened() {
    return turns
        .opened()
        .orElseThrow(
            () ->
                Problem.of(
                        503,
                        "not_ready",
                        "Not ready yet",
                        "what is defined is still read from its topic")
                    .hint("ask again in a second")
                    .toException());
  }

  private static <T extends @Nullable Object> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (KafkaException e) {
      throw unavailable("broker_unavailable", "The broker does not answer", e);
    } catch (RegistryException e) {
      throw unavailable("registry_unavailable", "The schema registry does not answer", e);
    }
  }

  private static ProblemException unavailable(String code, String title, RuntimeException e) {
    return Problem.of(503, code, title, String.valueOf(e.getMessage()))
        .hint("ask again in a moment")
        .toException();
  }

  @Override
  public void close() {
    turns.close();
  }
}
