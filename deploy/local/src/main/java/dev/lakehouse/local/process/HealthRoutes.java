package dev.lakehouse.local.process;

import dev.lakehouse.schemas.http.Routes;
import io.javalin.config.RoutesConfig;

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
    routes.get(
        "/health",
        context -> {
          HealthReport report = checkup.report();
          context.status(report.httpStatus()).json(report);
        });
    routes.get(
        "/health/ready",
        context -> {
          HealthReport report = checkup.report();
          context.status(report.httpStatus()).json(new Ready(report.httpStatus() == 200));
        });
    routes.get("/status", context -> context.json(status.now()));
    routes.get(
        "/metrics", context -> context.contentType(Metrics.MEDIA_TYPE).result(metrics.scrape()));
  }
}
