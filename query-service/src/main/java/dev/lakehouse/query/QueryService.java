package dev.lakehouse.query;

import dev.lakehouse.query.catalog.CatalogRoutes;
import dev.lakehouse.query.engine.DuckEngine;
import dev.lakehouse.query.engine.QueryEngine;
import dev.lakehouse.query.sql.QueryMetrics;
import dev.lakehouse.query.sql.SqlRoutes;
import dev.lakehouse.query.sql.SqlService;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.health.HealthCheck;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.http.SlowReaders;
import dev.lakehouse.schemas.table.LakeCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;

/** Everything that reads the lake for its users. */
public final class QueryService implements AutoCloseable {
  private final QueryEngine engine;
  private final LakeTables tables;
  private final SqlService sql;

  private final SlowReaders slowReaders = SlowReaders.start();

  private QueryService(QueryEngine engine, LakeTables tables, SqlService sql) {
    this.engine = engine;
    this.tables = tables;
    this.sql = sql;
  }

  /**
   * Starts and warms the engine.
   *
   * @param config with the catalog's addresses known
   * @param catalog stays the caller's to close
   */
  public static QueryService start(
      LakehouseConfig config, LakeCatalog catalog, MeterRegistry meters, Clock clock) {
    LakeTables tables = new LakeTables(catalog);
    QueryEngine engine = DuckEngine.start(config);
    SqlService sql = new SqlService(config.query(), tables, engine, new QueryMetrics(meters));
    sql.warm();
    return new QueryService(engine, tables, sql);
  }

  public List<Routes> routes() {
    return List.of(new SqlRoutes(sql, slowReaders), new CatalogRoutes(tables));
  }

  /** Components {@code catalog} and {@code query}. */
  public HealthCheck health() {
    return new QueryHealth(tables, engine);
  }

  @Override
  public void close() {
    sql.close();
    slowReaders.close();
    engine.close();
  }
}
