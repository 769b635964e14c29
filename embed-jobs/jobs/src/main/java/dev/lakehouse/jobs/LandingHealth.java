package dev.lakehouse.jobs;

import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.health.HealthCheck;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.OffsetVector;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether landing does its work, told from what tables have recorded and where their topics end,
 * and not from whether a job runs. Looks by itself a few times within {@code
 * landing.stalled_after}. Safe for use by many threads.
 */
public final class LandingHealth implements HealthCheck, AutoCloseable {
  private static final String COMPONENT = "landing";
  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final Duration FRESH = Duration.ofMillis(500);

  private final Duration stalledAfter;
  private final Clock clock;
  private final LagReader reader;
  private final ScheduledExecutorService asking =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "landing-health");
            thread.setDaemon(true);
            return thread;
          });

  /** Since when a dataset that is behind has not moved. Used by the asking thread only. */
  private final Map<String, Standstill> standing = new HashMap<>();

  private record Standstill(OffsetVector recorded, Instant since) {}

  private record Seen(List<DatasetLag> lags, List<DatasetLag> stalled, Instant at) {}

  private volatile @Nullable Seen seen;

  public LandingHealth(
      LakehouseConfig config,
      KafkaClients clients,
      SchemaRegistry registry,
      LakeCatalog catalog,
      Clock clock) {
    this.stalledAfter = config.landing().stalledAfter();
    this.clock = clock;
    this.reader = new LagReader(config, clients, registry, catalog);
    long every = Math.max(1_000, stalledAfter.toMillis() / 3);
    var unused =
        asking.scheduleWithFixedDelay(this::lookQuietly, every, every, TimeUnit.MILLISECONDS);
  }

  /**
   * Every dataset's lag, at most half a second old.
   *
   * @throws IllegalStateException if the broker, the registry or the catalog does not answer
   */
  public List<DatasetLag> lags() {
    return ask().lags();
  }

  @Override
  public Map<String, ComponentHealth> check() {
    try {
      return Map.of(COMPONENT, judge(ask()));
    } catch (IllegalStateException e) {
      return Map.of(COMPONENT, ComponentHealth.down(String.valueOf(e.getMessage())));
    }
  }

  private static ComponentHealth judge(Seen now) {
    List<DatasetLag> stopped = now.lags().stream().filter(lag -> !lag.isRunning()).toList();
    long behind = now.lags().stream().filter(lag -> lag.behind() > 0).count();
    String summary =
        now.lags().size()
            + " datasets, "
            + now.lags().stream().mapToLong(DatasetLag::behind).sum()
            + " rows behind";
    if (!now.stalled().isEmpty()) {
      String names =
          now.stalled().stream()
              .map(lag -> lag.dataset().value())
              .collect(Collectors.joining(", "));
      String detail = summary + "; nothing is committed to " + names;
      boolean all = now.stalled().size() + stopped.size() >= behind;
      return all ? ComponentHealth.down(detail) : ComponentHealth.degraded(detail);
    } else if (!stopped.isEmpty()) {
      return ComponentHealth.degraded(
          summary
              + "; stopped: "
              + stopped.stream()
                  .map(lag -> lag.dataset() + " (" + lag.state() + ": " + lag.reason() + ")")
                  .collect(Collectors.joining("; ")));
    }
    return ComponentHealth.up(summary);
  }

  private Seen ask() {
    Seen last = seen;
    if (last != null && last.at().plus(FRESH).isAfter(clock.instant())) {
      return last;
    }
    return answer(asking.submit(this::look));
  }

  private static Seen answer(Future<Seen> question) {
    try {
      return question.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      question.cancel(false);
      throw new IllegalStateException("Kafka or the catalog does not answer in time", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("lags cannot be told: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for lags", e);
    }
  }

  private void lookQuietly() {
    try {
      look();
    } catch (IOException | RuntimeException e) {
      // Whoever asks is told; looking goes on.
      seen = null;
    }
  }

  private Seen look() throws IOException {
    Seen last = seen;
    Instant now = clock.instant();
    if (last != null && last.at().plus(FRESH).isAfter(now)) {
      return last;
    }
    List<DatasetLag> lags = reader.read();
    standing.keySet().retainAll(lags.stream().map(DatasetLag::topic).collect(Collectors.toSet()));
    for (DatasetLag lag : lags) {
      Standstill before = standing.get(lag.topic());
      if (lag.behind() == 0) {
        standing.remove(lag.topic());
      } else if (before == null || !before.recorded().equals(lag.recorded())) {
        standing.put(lag.topic(), new Standstill(lag.recorded(), now));
      }
    }
    List<DatasetLag> stalled =
        lags.stream().filter(DatasetLag::isRunning).filter(lag -> isStalled(lag, now)).toList();
    Seen fresh = new Seen(List.copyOf(lags), stalled, now);
    seen = fresh;
    return fresh;
  }

  private boolean isStalled(DatasetLag lag, Instant now) {
    Standstill still = standing.get(lag.topic());
    return still != null && !still.since().plus(stalledAfter).isAfter(now);
  }

  @Override
  public void close() {
    asking.shutdownNow();
    try {
      // The consumers are the asking thread's; they are closed only after it is done with them.
      if (asking.awaitTermination(ANSWER.toMillis(), TimeUnit.MILLISECONDS)) {
        reader.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
