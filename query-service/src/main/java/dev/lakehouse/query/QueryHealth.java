package dev.lakehouse.query;

import dev.lakehouse.query.engine.QueryEngine;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.health.HealthCheck;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Whether the catalog lists its tables and the engine answers. */
final class QueryHealth implements HealthCheck {
  private static final Duration WITHIN = Duration.ofSeconds(1);

  private final LakeTables tables;
  private final QueryEngine engine;
  private final Map<String, Supplier<ComponentHealth>> others;

  /**
   * @param others components that know their state themselves
   */
  QueryHealth(
      LakeTables tables, QueryEngine engine, Map<String, Supplier<ComponentHealth>> others) {
    this.tables = tables;
    this.engine = engine;
    this.others = others;
  }

  @Override
  public Map<String, ComponentHealth> check() {
    Map<String, ComponentHealth> components = new LinkedHashMap<>();
    components.put("catalog", asked(() -> ComponentHealth.up(tables.names().size() + " datasets")));
    components.put(
        "query",
        asked(
            () -> {
              engine.check(WITHIN);
              return ComponentHealth.up();
            }));
    others.forEach((name, state) -> components.put(name, asked(state)));
    return components;
  }

  private static ComponentHealth asked(Supplier<ComponentHealth> component) {
    try {
      return component.get();
    } catch (RuntimeException e) {
      return ComponentHealth.down(String.valueOf(e.getMessage()));
    }
  }
}
