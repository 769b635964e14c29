package dev.lakehouse.query.derived;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.IntSupplier;

/** Counts refreshes. */
final class DerivedMetrics {
  private final MeterRegistry registry;

  DerivedMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void watch(IntSupplier failing) {
    Gauge.builder("lakehouse.derived.failing", failing, IntSupplier::getAsInt)
        .description("derived tables whose last refresh failed")
        .strongReference(true)
        .register(registry);
  }

  /**
   * Counts one.
   *
   * @param outcome {@code ok} or the problem's code
   */
  void ended(String outcome, long rows, Duration took) {
    Timer.builder("lakehouse.derived.refresh")
        .description("refreshes of derived tables, by how they ended")
        .tag("outcome", outcome)
        .register(registry)
        .record(took);
    Counter.builder("lakehouse.derived.rows")
        .description("rows of refreshes that are shown")
        .register(registry)
        .increment((double) rows);
  }
}
