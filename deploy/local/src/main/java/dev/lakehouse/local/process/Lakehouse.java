package dev.lakehouse.local.process;

import dev.lakehouse.embedded.EmbeddedBroker;
import dev.lakehouse.local.process.Parts.Stage;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.health.HealthCheck;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.topic.Topic;
import dev.lakehouse.schemas.topic.Topics;
import io.javalin.util.JavalinBindException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * A whole lakehouse in this process: what of broker, registry and Flink the configuration does not
 * put elsewhere, the services, and one HTTP server.
 */
public final class Lakehouse implements AutoCloseable {
  private static final Duration HEALTH_PATIENCE = Duration.ofSeconds(3);
  private static final String LANDING_JOB = "land";

  private final DataDirectory directory;
  private final Parts parts;
  private final LakehouseConfig config;
  private final Ports ports;
  private final Clock clock;
  private final Metrics metrics = new Metrics();

  private Lakehouse(
      DataDirectory directory, Parts parts, LakehouseConfig config, Ports ports, Clock clock) {
    this.directory = directory;
    this.parts = parts;
    this.config = config;
    this.ports = ports;
    this.clock = clock;
  }

  /**
   * Starts everything and returns once the HTTP door is open.
   *
   * @throws StartRefused if it cannot start here: the data directory or a port is not to be had
   * @throws RuntimeException if a part does not start; what was started is closed again
   */
  public static Lakehouse start(LakehouseConfig asked, StartListener listener, Clock clock) {
    DataDirectory directory = DataDirectory.open(asked.data().path());
    Parts parts = new Parts(listener);
    try {
      Ports ports = Ports.of(asked);
      Lakehouse lakehouse =
          new Lakehouse(directory, parts, Addresses.known(asked, directory, ports), ports, clock);
      lakehouse.assemble(asked, listener);
      return lakehouse;
    } catch (RuntimeException e) {
      parts.close();
      directory.close();
      throw e;
    }
  }

  private void assemble(LakehouseConfig asked, StartListener listener) {
    parts.keep(Stage.FOUNDATION, metrics);
    List<String> names = new ArrayList<>(List.of("query", "ingest", "http"));
    if (asked.flink().embedded()) {
      names.add(0, "flink");
    }
    if (asked.registry().embedded()) {
      names.add(0, "registry");
    }
    if (asked.kafka().embedded()) {
      names.add(0, "broker");
    }
    listener.waitingFor(names);

    CompletableFuture<@Nullable RegistryPart> registry =
        side(() -> asked.registry().embedded() ? startRegistry() : null);
    CompletableFuture<Void> broker =
        side(
            () -> {
              if (asked.kafka().embedded()) {
                startBroker();
              }
              return null;
            });
    CompletableFuture<@Nullable FlinkPart> flink =
        side(() -> asked.flink().embedded() ? startFlink() : null);
    CompletableFuture<LakeCatalog> catalog =
        side(() -> parts.keep(Stage.CONNECTION, LakeCatalog.open(config.catalog())));

    join(List.of(registry, broker, flink, catalog));

    KafkaClients clients = new KafkaClients(config.kafka());
    createTopics(clients);

    Map<String, HealthCheck> checks = new LinkedHashMap<>();
    checks.put(
        "broker",
        parts.keep(Stage.CONNECTION, new BrokerHealth(clients, config.kafka().bootstrap())));
    List<Routes> routes = new ArrayList<>();
    RegistryPart child = registry.join();
    FlinkPart cluster = flink.join();
    if (child != null) {
      checks.put("registry", child);
    }
    if (cluster != null) {
      checks.put("flink", cluster);
    }
    openDoor(routes, checks);
  }

  private void openDoor(List<Routes> routes, Map<String, HealthCheck> checks) {
    Checkup checkup = parts.keep(Stage.WATCH, new Checkup(checks, HEALTH_PATIENCE));
    StatusPage page =
        new StatusPage(
            Version.text(),
            clock.instant(),
            directory.path().toString(),
            ports(),
            checkup,
            List::of);
    routes.add(new HealthRoutes(checkup, page, metrics));
    try {
      parts.keep(Stage.DOOR, LakehouseServer.start(config.server(), config.auth(), routes));
    } catch (JavalinBindException e) {
      throw Ports.taken(ports.http(), "server.port (or --port)");
    }
    parts.ready("http", url());
    RunRecord.starting().ready(url(), ports()).writeTo(directory.path());
  }

  private RegistryPart startRegistry() {
    RegistryPart part =
        parts.keep(
            Stage.FOUNDATION,
            RegistryPart.start(
                RegistryPart.homeOrRefuse(), directory.part("registry"), ports.registry()));
    parts.ready("registry", part.url());
    return part;
  }

  private void startBroker() {
    EmbeddedBroker broker =
        parts.keep(
            Stage.FOUNDATION,
            EmbeddedBroker.start(directory.part("kafka"), ports.kafka(), Map.of()));
    parts.ready("broker", broker.bootstrap());
  }

  private FlinkPart startFlink() {
    FlinkPart part =
        parts.keep(
            Stage.ENGINE,
            FlinkPart.start(
                directory.temporary().resolve("flink"), config.flink().parallelism(), LANDING_JOB));
    parts.ready("flink", "");
    return part;
  }

  private void createTopics(KafkaClients clients) {
    try (Admin admin = clients.admin()) {
      clients.create(admin, Topics.all().stream().map(Topic::toCreate).toList());
    }
  }

  private static <T extends @Nullable Object> CompletableFuture<T> side(Supplier<T> start) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                done.complete(start.get());
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            },
            "start");
    thread.start();
    return done;
  }

  /** Waits for all, also when one has failed, so that nothing is still starting when we close. */
  private static void join(List<CompletableFuture<?>> all) {
    Throwable first = null;
    for (CompletableFuture<?> each : all) {
      try {
        each.join();
      } catch (CompletionException e) {
        first = first == null ? e.getCause() : first;
      }
    }
    if (first instanceof RuntimeException known) {
      throw known;
    }
    if (first != null) {
      throw new IllegalStateException("a part does not start", first);
    }
  }

  /** Where the HTTP door is. */
  public String url() {
    return "http://" + config.server().host() + ":" + ports.http();
  }

  /** What listens where, by part. */
  public Map<String, Integer> ports() {
    Map<String, Integer> all = new LinkedHashMap<>();
    all.put("http", ports.http());
    if (ports.registry() != 0) {
      all.put("registry", ports.registry());
    }
    if (ports.kafka() != 0) {
      all.put("kafka", ports.kafka());
    }
    return all;
  }

  /** The configuration with every address known. */
  public LakehouseConfig config() {
    return config;
  }

  @Override
  public void close() {
    parts.close();
    directory.close();
  }
}
