package dev.lakehouse.schemas.http;

import io.javalin.config.RoutesConfig;
import java.util.List;

/** {@code GET /doors}: every mounted route and what it asks of its caller. */
final class DoorRoutes implements Routes {
  private volatile List<Doorkeeper.Mounted> mounted = List.of();

  private record Doors(List<Doorkeeper.Mounted> doors) {}

  /** What there is, once everything is mounted. */
  void show(List<Doorkeeper.Mounted> all) {
    mounted = all;
  }

  @Override
  public void mount(RoutesConfig routes) {
    routes.get("/doors", context -> context.json(new Doors(mounted)), Door.known());
  }
}
