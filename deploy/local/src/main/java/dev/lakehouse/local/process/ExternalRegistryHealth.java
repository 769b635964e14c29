package dev.lakehouse.local.process;

import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.health.HealthCheck;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import java.util.Map;

/** Whether a registry that is not ours answers. */
record ExternalRegistryHealth(SchemaRegistry client, String url) implements HealthCheck {
  @Override
  public Map<String, ComponentHealth> check() {
    return Map.of(
        "registry",
        client.isUp()
            ? ComponentHealth.up(url)
            : ComponentHealth.down("does not answer at " + url));
  }
}
