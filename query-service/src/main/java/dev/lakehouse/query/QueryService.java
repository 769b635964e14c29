package dev.lakehouse.query;

import dev.lakehouse.query.cache.CacheMetrics;
import dev.lakehouse.query.cache.CacheRoutes;
import dev.lakehouse.query.cache.HotTables;
import dev.lakehouse.query.cache.Pins;
import dev.lakehouse.query.catalog.CatalogRoutes;
import dev.lakehouse.query.catalog.Findings;
import dev.lakehouse.query.catalog.FindingsLog;
import dev.lakehouse.query.derived.DerivedService;
import dev.lakehouse.query.engine.DuckEngine;
import dev.lakehouse.query.engine.QueryEngine;
import dev.lakehouse.query.iceberg.CatalogMetrics;
import dev.lakehouse.query.policy.Governance;
import dev.lakehouse.query.policy.PolicyRoutes;
import dev.lakehouse.query.sql.Creating;
import dev.lakehouse.query.sql.QueryMetrics;
import dev.lakehouse.query.sql.SqlRoutes;
import dev.lakehouse.query.sql.SqlService;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.query.trino.TrinoEngine;
import dev.lakehouse.query.upkeep.CompactRoutes;
import dev.lakehouse.query.upkeep.KafkaRuns;
import dev.lakehouse.query.upkeep.KafkaSnapshotUses;
import dev.lakehouse.query.upkeep.Runs;
import dev.lakehouse.query.upkeep.SnapshotUses;
import dev.lakehouse.query.upkeep.UpkeepMetrics;
import dev.lakehouse.schemas.access.Access;
import dev.lakehouse.schemas.config.EngineConfig;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.health.HealthCheck;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.http.SlowReaders;
import dev.lakehouse.schemas.iceberg.IcebergRoutes;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LakeCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that reads the lake for its users, and the catalog for other programs. */
public final class QueryService implements AutoCloseable {
  private final QueryEngine engine;
  private final LakeTables tables;
  private final SqlService sql;
  private final Findings findings;
  private final IcebergRoutes iceberg;
  private final Runs runs;
  private final SnapshotUses uses;
  private final HotTables hot;
  private final Governance governance;
  private final @Nullable DerivedService derived;
  private final SlowReaders slowReaders = SlowReaders.start();

  private QueryService(
      QueryEngine engine,
      LakeTables tables,
      SqlService sql,
      Findings findings,
      IcebergRoutes iceberg,
      Runs runs,
      SnapshotUses uses,
      HotTables hot,
      Governance governance,
      @Nullable DerivedService derived) {
    this.engine = engine;
    this.tables = tables;
    this.sql = sql;
    this.findings = findings;
    this.iceberg = iceberg;
    this.runs = runs;
    this.uses = uses;
    this.hot = hot;
    this.governance = governance;
    this.derived = derived;
  }

  /**
   * Starts the engine, warms it if it is in this process, and reads what is known of the columns.
   * The broker is waited for.
   *
   * @param config with the catalog's addresses known
   * @param catalog stays the caller's to close
   */
  public static QueryService start(
      LakehouseConfig config,
      KafkaClients clients,
      SchemaRegistry schemas,
      LakeCatalog catalog,
      MeterRegistry meters,
      Clock clock) {
    return start(
        config,
        () -> FindingsLog.start(clients, schemas),
        catalog,
        meters,
        () -> KafkaRuns.start(clients, schemas, new UpkeepMetrics(meters), clock),
        new KafkaSnapshotUses(clients, schemas, config.maintain(), clock),
        clock,
        (sql, tables) ->
            DerivedService.start(config, sql, tables, catalog, clients, schemas, meters, clock));
  }

  /** Starts what makes tables of queries. */
  @FunctionalInterface
  private interface Deriving {
    @Nullable DerivedService start(SqlService sql, LakeTables tables);
  }

  /**
   * The same without a broker: what is known of columns comes from elsewhere, and no table is made.
   *
   * @param findings asked for once the engine is warm; closed with the service
   */
  static QueryService start(
      LakehouseConfig config,
      Supplier<? extends Findings> findings,
      LakeCatalog catalog,
      MeterRegistry meters,
      Clock clock) {
    return start(
        config,
        findings,
        catalog,
        meters,
        () -> Runs.NONE,
        SnapshotUses.NONE,
        clock,
        (sql, tables) -> null);
  }

  private static QueryService start(
      LakehouseConfig config,
      Supplier<? extends Findings> findings,
      LakeCatalog catalog,
      MeterRegistry meters,
      Supplier<? extends Runs> runs,
      SnapshotUses uses,
      Clock clock,
      Deriving deriving) {
    LakeTables tables = new LakeTables(catalog);
    Governance governance = Governance.start(config, tables, clock);
    QueryEngine engine = governance.over(engine(config, tables));
    SqlService sql =
        new SqlService(
            config.query(), tables, engine, new QueryMetrics(meters), uses, governance.governor());
    IcebergRoutes iceberg =
        new IcebergRoutes(catalog, config.catalog().warehouse(), new CatalogMetrics(meters));
    try {
      if (config.query().engine().kind() == EngineConfig.Kind.DUCKDB) {
        sql.warm();
      }
      Findings known = findings.get();
      governance.follow(known);
      HotTables hot =
          HotTables.start(
              config.query().cache(),
              tables,
              engine.memory(),
              new Pins(config.data().path().resolve("query").resolve("pins.json")),
              new CacheMetrics(meters),
              clock);
      return new QueryService(
          engine,
          tables,
          sql,
          known,
          iceberg,
          runs.get(),
          uses,
          hot,
          governance,
          deriving.start(sql, tables));
    } catch (RuntimeException e) {
      sql.close();
      engine.close();
      uses.close();
      governance.close();
      throw e;
    }
  }

  private static QueryEngine engine(LakehouseConfig config, LakeTables tables) {
    return switch (config.query().engine().kind()) {
      case DUCKDB -> DuckEngine.start(config);
      case TRINO -> TrinoEngine.start(config.query(), tables);
    };
  }

  public List<Routes> routes() {
    List<Routes> routes =
        new ArrayList<>(
            List.of(
                new SqlRoutes(sql, derived == null ? Creating.NONE : derived, slowReaders),
                new CompactRoutes(tables, runs),
                new CacheRoutes(hot),
                new CatalogRoutes(tables, findings, governance.governor()),
                new PolicyRoutes(tables, governance),
                iceberg));
    if (derived != null) {
      routes.add(derived.routes());
    }
    return routes;
  }

  /** Who may do what, by the policies; everybody everything while authentication is off. */
  public Access access() {
    return governance.access();
  }

  /**
   * Has changes of policies kept.
   *
   * @param keeper told what happened and a detail
   */
  public void keepPolicyChanges(BiConsumer<String, String> keeper) {
    governance.keep(keeper);
  }

  /**
   * Components {@code catalog}, {@code query}, where tables are made {@code derived}, and with
   * authentication on {@code policy}.
   */
  public HealthCheck health() {
    Map<String, Supplier<ComponentHealth>> others = new LinkedHashMap<>(governance.health());
    if (derived != null) {
      others.put("derived", derived::health);
    }
    return new QueryHealth(tables, engine, others);
  }

  @Override
  public void close() {
    if (derived != null) {
      derived.close();
    }
    sql.close();
    hot.close();
    slowReaders.close();
    findings.close();
    runs.close();
    uses.close();
    engine.close();
    governance.close();
  }
}
