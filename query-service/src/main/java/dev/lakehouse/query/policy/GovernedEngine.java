package dev.lakehouse.query.policy;

import dev.lakehouse.query.engine.Batches;
import dev.lakehouse.query.engine.EngineQuery;
import dev.lakehouse.query.engine.QueryEngine;
import dev.lakehouse.query.engine.Rows;
import dev.lakehouse.query.engine.Stop;
import dev.lakehouse.query.engine.TableMemory;
import dev.lakehouse.schemas.http.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/**
 * An engine that tells nothing of what is hidden when it fails. A failure that a hidden row may
 * have brought is not believed: the query is asked again, with nothing computed of such rows.
 */
public final class GovernedEngine implements QueryEngine {
  private final QueryEngine engine;

  /**
   * @param engine closed with this
   */
  public GovernedEngine(QueryEngine engine) {
    this.engine = engine;
  }

  @Override
  public Rows run(EngineQuery query, Stop stop) {
    return query.isGoverned()
        ? new Quiet(asked(query, stop, each -> engine.run(each, stop)), query)
        : engine.run(query, stop);
  }

  @Override
  public Batches batches(EngineQuery query, Stop stop) {
    return query.isGoverned()
        ? new QuietBatches(asked(query, stop, each -> engine.batches(each, stop)), query)
        : engine.batches(query, stop);
  }

  private static <T> T asked(EngineQuery query, Stop stop, Function<EngineQuery, T> asking) {
    try {
      return asking.apply(query);
    } catch (ProblemException e) {
      stop.check();
      if (!query.hidesRows() || query.barrier() || !Concealment.mayComeOfARow(e)) {
        throw Concealment.of(e, query);
      }
    }
    try {
      return asking.apply(query.behindBarrier());
    } catch (ProblemException e) {
      throw Concealment.of(e, query);
    }
  }

  /** Of a query over what is partly hidden, nothing: a plan tells filters, values and numbers. */
  @Override
  public List<String> plan(EngineQuery query, Stop stop) {
    return query.isGoverned()
        ? List.of("the engine's plan is not shown, for a policy applies")
        : engine.plan(query, stop);
  }

  @Override
  public TableMemory memory() {
    return engine.memory();
  }

  @Override
  public void check(Duration within) {
    engine.check(within);
  }

  @Override
  public void close() {
    engine.close();
  }

  private record Quiet(Rows rows, EngineQuery query) implements Rows {
    @Override
    public List<Column> columns() {
      return rows.columns();
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      try {
        return rows.next();
      } catch (ProblemException e) {
        throw Concealment.of(e, query);
      }
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  private record QuietBatches(Batches batches, EngineQuery query) implements Batches {
    @Override
    public List<String> names() {
      return batches.names();
    }

    @Override
    public VectorSchemaRoot root() {
      return batches.root();
    }

    @Override
    public boolean next() {
      try {
        return batches.next();
      } catch (ProblemException e) {
        throw Concealment.of(e, query);
      }
    }

    @Override
    public void close() {
      batches.close();
    }
  }
}
