package dev.lakehouse.local.process;

import dev.lakehouse.embedded.EmbeddedBroker;
import dev.lakehouse.ingest.IngestService;
import dev.lakehouse.jobs.DatasetLag;
import dev.lakehouse.jobs.LandJob;
import dev.lakehouse.jobs.LandingHealth;
import dev.lakehouse.jobs.MaintainJob;
import dev.lakehouse.local.process.Parts.Stage;
import dev.lakehouse.query.QueryService;
import dev.lakehouse.query.audit.AuditRoutes;
import dev.lakehouse.query.audit.AuditTail;
import dev.lakehouse.query.audit.KafkaTrail;
import dev.lakehouse.query.key.ApiKeys;
import dev.lakehouse.query.key.KeyRoutes;
import dev.lakehouse.schemas.access.Access;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.health.HealthCheck;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.http.Routes;
import dev.lakehouse.schemas.http.Security;
import dev.lakehouse.schemas.http.Trail;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.topic.Topic;
import dev.lakehouse.schemas.topic.Topics;
import io.javalin.util.JavalinBindException;
import java.net.URI;
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
  /** What health calls the jobs: the one that lands stands for Flink. */
  private static final String LAND = "flink";

  private static final String MAINTAIN = "maintain";
  private static final Duration HEALTH_PATIENCE = Duration.ofSeconds(3);
  private static final Duration SUPERVISION = Duration.ofSeconds(2);

  private final DataDirectory directory;
  private final LakehouseConfig asked;
  private final LakehouseConfig config;
  private final Ports ports;
  private final StartListener listener;
  private final Clock clock;
  private final Parts parts;
  private final Metrics metrics = new Metrics();

  private Lakehouse(
      DataDirectory directory,
      LakehouseConfig asked,
      Ports ports,
      StartListener listener,
      Clock clock) {
    this.directory = directory;
    this.asked = asked;
    this.config = Addresses.known(asked, directory, ports);
    this.ports = ports;
    this.listener = listener;
    this.clock = clock;
    this.parts = new Parts(listener);
  }

  /**
   * Takes the data directory and the ports; {@link #start} does the rest. To be closed whatever
   * happens then, also from another thread while it starts.
   *
   * @throws StartRefused if it cannot start here: the data directory or a port is not to be had
   */
  public static Lakehouse open(LakehouseConfig asked, StartListener listener, Clock clock) {
    DataDirectory directory = DataDirectory.open(asked.data().path());
    try {
      Ports ports = Ports.of(asked);
      return new Lakehouse(directory, asked, ports, listener, clock);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /**
   * Starts everything and returns once the HTTP door is open.
   *
   * @throws RuntimeException if a part does not start
   */
  public void start() {
    parts.keep(Stage.FOUNDATION, metrics);
    Map<String, ExternalFlink> elsewhere =
        asked.flink().embedded() ? Map.of() : ExternalFlink.jobs(config, clock);
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

    KafkaClients clients = new KafkaClients(config.kafka());
    SchemaRegistry schemas =
        new SchemaRegistry(URI.create(config.registry().url()), config.registry().headers());
    CompletableFuture<QueryService> query =
        catalog.thenApply(tables -> startQuery(clients, schemas, tables));
    join(List.of(registry, broker, flink, catalog));

    createTopics(clients);
    CompletableFuture<IngestService> ingest =
        side(() -> startIngest(clients, schemas, catalog.join()));
    FlinkPart cluster = flink.join();
    CompletableFuture<@Nullable Void> landing =
        side(
            () -> {
              if (cluster != null) {
                cluster.run(LAND, environment -> LandJob.define(environment, config));
                cluster.run(MAINTAIN, environment -> MaintainJob.define(environment, config));
              }
              return null;
            });
    LandingHealth landed =
        parts.keep(Stage.WATCH, new LandingHealth(config, clients, schemas, catalog.join(), clock));
    join(List.of(ingest, landing, query));

    Map<String, HealthCheck> checks = new LinkedHashMap<>();
    checks.put(
        "broker",
        parts.keep(Stage.CONNECTION, new BrokerHealth(clients, config.kafka().bootstrap())));
    List<Runnable> mends = new ArrayList<>();
    RegistryPart child = registry.join();
    if (child == null) {
      checks.put("registry", new ExternalRegistryHealth(schemas, config.registry().url()));
    } else {
      checks.put("registry", child);
      mends.add(child::mend);
    }
    if (cluster != null) {
      checks.put(LAND, cluster);
      mends.add(cluster::mend);
    }
    checks.putAll(elsewhere);
    checks.put("landing", landed);
    checks.put("ingest", ingest.join().health());
    checks.put("query", query.join().health());
    List<Routes> routes = new ArrayList<>(ingest.join().routes());
    routes.addAll(query.join().routes());
    KafkaTrail trail =
        parts.keep(Stage.CONNECTION, KafkaTrail.start(clients, schemas, metrics.registry(), clock));
    routes.add(new AuditRoutes(parts.keep(Stage.SERVICE, AuditTail.start(clients, schemas))));
    trail.note("server.started", "version " + Version.text());
    query.join().keepPolicyChanges(trail::note);
    openDoor(routes, checks, trail, query.join().access(), () -> lags(landed));
    parts.keep(Stage.WATCH, new Supervisor(mends, SUPERVISION));
    for (ExternalFlink job : elsewhere.values()) {
      parts.keep(Stage.WATCH, new Supervisor(List.of(job::mend), SUPERVISION));
    }
  }

  /** How far each dataset is; none while that cannot be told, which health says with its reason. */
  private static List<DatasetStatus> lags(LandingHealth landing) {
    List<DatasetLag> lags;
    try {
      lags = landing.lags();
    } catch (IllegalStateException cannotBeTold) {
      return List.of();
    }
    return lags.stream()
        .map(
            lag ->
                new DatasetStatus(
                    lag.dataset().value(),
                    lag.recorded().toString(),
                    lag.ends().toString(),
                    lag.behind(),
                    lag.state(),
                    lag.reason()))
        .toList();
  }

  private QueryService startQuery(
      KafkaClients clients, SchemaRegistry schemas, LakeCatalog catalog) {
    QueryService service =
        parts.keep(
            Stage.SERVICE,
            QueryService.start(config, clients, schemas, catalog, metrics.registry(), clock));
    parts.ready("query", "");
    return service;
  }

  private IngestService startIngest(
      KafkaClients clients, SchemaRegistry schemas, LakeCatalog catalog) {
    IngestService service =
        parts.keep(
            Stage.SERVICE,
            IngestService.start(config, clients, schemas, catalog, metrics.registry(), clock));
    parts.ready("ingest", "");
    return service;
  }

  private void openDoor(
      List<Routes> routes,
      Map<String, HealthCheck> checks,
      Trail trail,
      Access access,
      Metrics.Lags lags) {
    metrics.watch(lags);
    Checkup checkup = parts.keep(Stage.WATCH, new Checkup(checks, HEALTH_PATIENCE));
    StatusPage page =
        new StatusPage(
            Version.text(), clock.instant(), directory.path().toString(), ports(), checkup, lags);
    routes.add(new HealthRoutes(checkup, page, metrics));
    ApiKeys keys = parts.keep(Stage.CONNECTION, ApiKeys.open(directory.part("auth"), clock));
    if (config.auth().enabled() && config.auth().keys().isEmpty()) {
      keys.first(key -> listener.firstKey(ApiKeys.ADMIN, key));
    }
    routes.add(new KeyRoutes(keys, clock));
    Security security = Security.of(config.auth()).with(keys).with(trail).with(access);
    try {
      parts.keep(Stage.DOOR, LakehouseServer.start(config.server(), security, routes, clock));
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
            new RegistryPart(
                RegistryPart.homeOrRefuse(), directory.part("registry"), ports.registry()));
    part.awaitReady();
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
                directory.temporary().resolve("flink"),
                config.flink().parallelism(),
                Map.of(LAND, LandJob.NAME, MAINTAIN, MaintainJob.NAME)));
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
    return (config.server().tls().enabled() ? "https://" : "http://")
        + config.server().host()
        + ":"
        + ports.http();
  }

  /** What listens where, by part. */
  public Map<String, Integer> ports() {
    Map<String, Integer> all = new LinkedHashMap<>();
    all.put("http", ports.http());
    if (ports.registry() != 0) {
      all.put("registry", ports.registry());
    }
    if (ports.kafka() != 0) {
      all.put("broker", ports.kafka());
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
