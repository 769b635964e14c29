package dev.lakehouse.query.policy;

import dev.lakehouse.query.catalog.Findings;
import dev.lakehouse.query.engine.QueryEngine;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.schemas.access.Access;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.health.ComponentHealth;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The policies of a service, or that there are none while authentication is off. */
public sealed interface Governance extends AutoCloseable {
  /** Reads the policies and follows them if authentication is on. */
  static Governance start(LakehouseConfig config, LakeTables tables, Clock clock) {
    if (!config.auth().enabled()) {
      return new Off();
    }
    Path own = config.data().path().resolve("query");
    Policies policies =
        Policies.start(
            config.query().policy().directory(config.data()), own.resolve("policy-version"), clock);
    LateFindings findings = new LateFindings();
    PolicyGovernor governor =
        new PolicyGovernor(policies, tables, findings, own.resolve("policy.salt"));
    return new On(policies, governor, findings);
  }

  Governor governor();

  Access access();

  /** The state of the policies, by the component's name. */
  Map<String, Supplier<ComponentHealth>> health();

  /** An engine that carries policies out. */
  QueryEngine over(QueryEngine engine);

  /** From now on this is what is known of columns; before, nothing is. */
  void follow(Findings findings);

  /**
   * Has changes of policies kept.
   *
   * @param keeper told what happened and a detail
   */
  void keep(BiConsumer<String, String> keeper);

  @Override
  void close();

  /** Everybody sees everything. */
  record Off() implements Governance {
    @Override
    public Governor governor() {
      return Governor.OPEN;
    }

    @Override
    public Access access() {
      return Access.OPEN;
    }

    @Override
    public Map<String, Supplier<ComponentHealth>> health() {
      return Map.of();
    }

    @Override
    public QueryEngine over(QueryEngine engine) {
      return engine;
    }

    @Override
    public void follow(Findings findings) {}

    @Override
    public void keep(BiConsumer<String, String> keeper) {}

    @Override
    public void close() {}
  }

  /** What the policies say. */
  record On(Policies policies, PolicyGovernor governor, LateFindings findings)
      implements Governance {
    @Override
    public Access access() {
      return policies;
    }

    @Override
    public Map<String, Supplier<ComponentHealth>> health() {
      return Map.of("policy", policies::health);
    }

    @Override
    public QueryEngine over(QueryEngine engine) {
      return new GovernedEngine(engine);
    }

    @Override
    public void follow(Findings known) {
      findings.follow(known);
    }

    @Override
    public void keep(BiConsumer<String, String> keeper) {
      policies.keep(keeper);
    }

    @Override
    public void close() {
      policies.close();
    }
  }
}
