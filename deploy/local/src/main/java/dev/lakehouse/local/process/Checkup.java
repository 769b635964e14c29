package dev.lakehouse.local.process;

import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.health.HealthCheck;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks all components at once how they are; one that does not answer in time is down. */
final class Checkup implements AutoCloseable {
  private final Map<String, HealthCheck> checks;
  private final Duration patience;
  private final ExecutorService threads;

  /**
   * @param checks by the name a component is reported under when its check does not answer
   */
  Checkup(Map<String, HealthCheck> checks, Duration patience) {
    this.checks = new LinkedHashMap<>(checks);
    this.patience = patience;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "health");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The components' states now. */
  HealthReport report() {
    Map<String, CompletableFuture<Map<String, ComponentHealth>>> asked = new LinkedHashMap<>();
    checks.forEach(
        (name, check) -> asked.put(name, CompletableFuture.supplyAsync(check::check, threads)));
    long deadline = System.nanoTime() + patience.toNanos();
    Map<String, ComponentHealth> answers = new TreeMap<>();
    asked.forEach((name, answer) -> answers.putAll(await(name, answer, deadline)));
    return HealthReport.of(answers);
  }

  private Map<String, ComponentHealth> await(
      String name, CompletableFuture<Map<String, ComponentHealth>> answer, long deadline) {
    try {
      return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of(name, ComponentHealth.down("interrupted while asking"));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return Map.of(
          name, ComponentHealth.down("does not answer within " + patience.toMillis() + " ms"));
    } catch (ExecutionException e) {
      return Map.of(name, ComponentHealth.down("cannot be asked: " + e.getCause()));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
