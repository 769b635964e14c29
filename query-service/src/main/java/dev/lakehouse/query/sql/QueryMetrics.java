package dev.lakehouse.query.sql;

import dev.lakehouse.schemas.http.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Counts queries: how many, how long, how many rows, and how they ended. */
public final class QueryMetrics {
  private final MeterRegistry registry;

  public QueryMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void watch(IntSupplier running, IntSupplier waiting) {
    Gauge.builder("lakehouse.query.running", running, IntSupplier::getAsInt)
        .description("queries under way, waiting ones included")
        .strongReference(true)
        .register(registry);
    Gauge.builder("lakehouse.query.waiting", waiting, IntSupplier::getAsInt)
        .description("queries that wait for a place")
        .strongReference(true)
        .register(registry);
  }

  void ended(long startedNanos, long rows, @Nullable Problem failed) {
    Timer.builder("lakehouse.query")
        .description("queries, by how they ended")
        .tag("outcome", failed == null ? "ok" : failed.code())
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofMinutes(5))
        .register(registry)
        .record(Duration.ofNanos(System.nanoTime() - startedNanos));
    Counter.builder("lakehouse.query.rows")
        .description("rows answered")
        .register(registry)
        .increment((double) rows);
  }
}
