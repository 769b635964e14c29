package dev.lakehouse.query.iceberg;

import dev.lakehouse.schemas.iceberg.IcebergRoutes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts the catalog's requests: which, how they were answered, and how long they took. */
public final class CatalogMetrics implements IcebergRoutes.Watch {
  private final MeterRegistry registry;

  public CatalogMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void answered(String operation, int status, Duration took) {
    Timer.builder("lakehouse.catalog.request")
        .description("requests to the Iceberg REST catalog, by operation and status")
        .tag("operation", operation)
        .tag("status", Integer.toString(status))
        .register(registry)
        .record(took);
  }
}
