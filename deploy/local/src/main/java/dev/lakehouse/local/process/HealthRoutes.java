package dev.lakehouse.local.process;

import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.Permit;
import dev.lakehouse.schemas.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** {@code GET /health}, {@code /health/ready}, {@code /status} and {@code /metrics}. */
final class HealthRoutes implements Routes {
  private final Checkup checkup;
  private final StatusPage status;
  private final Metrics metrics;

  HealthRoutes(Checkup checkup, StatusPage status, Metrics metrics) {
    this.checkup = checkup;
    this.status = status;
    this.metrics = metrics;
  }

  /** What {@code GET /health/ready} answers. */
  record Ready(boolean ready) {}

  @Override
  public void mount(RoutesConfig routes) {
    routes.get("/health", this::health, Door.known("details: `read` on all datasets"));
    routes.get(
        "/health/ready",
        context -> {
          HealthReport report = checkup.report();
          context.status(report.httpStatus()).json(new Ready(report.httpStatus() == 200));
        },
        Door.open());
    routes.get("/status", context -> context.json(status.now()), Door.all(Grant.READ));
    routes.get(
        "/metrics",
        context -> context.contentType(Metrics.MEDIA_TYPE).result(metrics.scrape()),
        Door.all(Grant.READ));
  }

  /** Details name datasets, so they are for those who may read all. */
  private void health(Context context) {
    HealthReport report = checkup.report();
    boolean all = Permit.of(context).hasAll(Grant.READ);
    context.status(report.httpStatus()).json(all ? report : report.withoutDetails());
  }
}
