package dev.lakehouse.schemas.health;

import java.util.Map;

/** Tells the state of the components it knows. */
@FunctionalInterface
public interface HealthCheck {
  /**
   * The state of each component now, by name. Answers within a second or so; a component that
   * cannot be asked is {@link ComponentHealth.Status#DOWN}, not an exception.
   */
  Map<String, ComponentHealth> check();
}
