package dev.lakehouse.query.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/** Counts uses of pinned tables, by what they were answered from. */
public final class CacheMetrics {
  private final MeterRegistry registry;
  private final Counter fromMemory;
  private final Counter fromFiles;

  public CacheMetrics(MeterRegistry registry) {
    this.registry = registry;
    fromMemory = counter("memory");
    fromFiles = counter("files");
  }

  private Counter counter(String from) {
    return Counter.builder("lakehouse.query.cache.uses")
        .description("uses of pinned tables in queries, by what they were read from")
        .tag("from", from)
        .register(registry);
  }

  void watch(LongSupplier bytes) {
    Gauge.builder("lakehouse.query.cache.bytes", bytes, supplier -> (double) supplier.getAsLong())
        .description("memory that pinned tables take")
        .strongReference(true)
        .register(registry);
  }

  void used(boolean memory) {
    (memory ? fromMemory : fromFiles).increment();
  }
}
