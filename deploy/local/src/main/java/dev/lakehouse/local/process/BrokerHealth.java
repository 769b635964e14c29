package dev.lakehouse.local.process;

import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.health.HealthCheck;
import dev.lakehouse.schemas.kafka.KafkaClients;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** Whether the broker answers. */
final class BrokerHealth implements AutoCloseable, HealthCheck {
  private static final Duration ANSWER = Duration.ofMillis(1500);

  private final Admin admin;
  private final String bootstrap;

  BrokerHealth(KafkaClients clients, String bootstrap) {
    this.admin = clients.admin();
    this.bootstrap = bootstrap;
  }

  @Override
  public Map<String, ComponentHealth> check() {
    DescribeClusterOptions options =
        new DescribeClusterOptions().timeoutMs((int) ANSWER.toMillis());
    try {
      int nodes =
          admin
              .describeCluster(options)
              .nodes()
              .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
              .size();
      return Map.of(
          "broker",
          nodes > 0
              ? ComponentHealth.up(bootstrap + ", " + nodes + (nodes == 1 ? " node" : " nodes"))
              : ComponentHealth.down("no node answers at " + bootstrap));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of("broker", ComponentHealth.down("interrupted while asking"));
    } catch (ExecutionException | TimeoutException e) {
      return Map.of(
          "broker",
          ComponentHealth.down("does not answer at " + bootstrap + ": " + e.getMessage()));
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
