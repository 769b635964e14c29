package dev.lakehouse.local.process;

import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.health.ComponentHealth.Status;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The state of all components, as {@code GET /health} answers.
 *
 * @param status {@code DOWN} if one of those is down that callers cannot do without, {@code
 *     DEGRADED} if any other is not up
 */
public record HealthReport(Status status, Map<String, ComponentHealth> components) {
  /** Without one of these no caller is served. */
  private static final Set<String> ESSENTIAL = Set.of("broker", "catalog", "ingest", "query");

  /** Judges the whole by its parts. */
  public static HealthReport of(Map<String, ComponentHealth> components) {
    Status worst = Status.UP;
    for (Map.Entry<String, ComponentHealth> entry : components.entrySet()) {
      Status status = entry.getValue().status();
      if (status == Status.DOWN && ESSENTIAL.contains(entry.getKey())) {
        return new HealthReport(Status.DOWN, components);
      }
      if (status != Status.UP) {
        worst = Status.DEGRADED;
      }
    }
    return new HealthReport(worst, components);
  }

  /** The same for those who may not know what it is about. */
  HealthReport withoutDetails() {
    Map<String, ComponentHealth> bare = new TreeMap<>();
    components.forEach(
        (name, health) -> bare.put(name, new ComponentHealth(health.status(), null)));
    return new HealthReport(status, bare);
  }

  /** HTTP status that a caller is answered with. */
  int httpStatus() {
    return status == Status.DOWN ? 503 : 200;
  }
}
