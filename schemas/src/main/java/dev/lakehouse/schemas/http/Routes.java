package dev.lakehouse.schemas.http;

import io.javalin.config.RoutesConfig;
import java.util.Optional;

/** The HTTP routes of one service or capability. */
@FunctionalInterface
public interface Routes {
  /** Adds the routes to a server that is not started yet. */
  void mount(RoutesConfig routes);

  /** How errors of these routes are written; as a {@link Problem} unless it says otherwise. */
  default Optional<ErrorForm> errors() {
    return Optional.empty();
  }
}
