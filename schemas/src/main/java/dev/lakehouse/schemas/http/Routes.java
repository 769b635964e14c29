package dev.lakehouse.schemas.http;

import io.javalin.config.RoutesConfig;

/** The HTTP routes of one service or capability. */
@FunctionalInterface
public interface Routes {
  /** Adds the routes to a server that is not started yet. */
  void mount(RoutesConfig routes);
}
