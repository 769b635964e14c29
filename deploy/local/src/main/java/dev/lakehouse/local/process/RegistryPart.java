package dev.lakehouse.local.process;

import dev.lakehouse.embedded.EmbeddedRegistry;
import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.health.HealthCheck;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded schema registry, started again when its process ends. */
final class RegistryPart implements AutoCloseable, HealthCheck {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryPart.class);

  private final Path home;
  private final Path dir;
  private final int port;
  private final SchemaRegistry client;
  private EmbeddedRegistry running;
  private boolean closed;

  /** Starts the child. */
  RegistryPart(Path home, Path dir, int port) {
    this.home = home;
    this.dir = dir;
    this.port = port;
    this.running = launch();
    this.client = new SchemaRegistry(running.url(), Map.of());
  }

  /** Returns once the child answers; one that ends while it starts gets a second chance. */
  void awaitReady() {
    try {
      child().awaitReady();
    } catch (IllegalStateException e) {
      if (child().isAlive()) {
        throw e;
      }
      LOG.warn("{}", e.getMessage());
      mend();
      child().awaitReady();
    }
  }

  private synchronized EmbeddedRegistry child() {
    return running;
  }

  private EmbeddedRegistry launch() {
    return EmbeddedRegistry.start(home, dir, port, ClassDataArchive.registryOptions());
  }

  synchronized String url() {
    return running.url().toString();
  }

  /** Starts the child anew if it has ended. */
  synchronized void mend() {
    if (!closed && !running.isAlive()) {
      LOG.warn("the schema registry's process has ended; starting it again");
      running.close();
      running = launch();
    }
  }

  @Override
  public Map<String, ComponentHealth> check() {
    boolean alive;
    long pid;
    synchronized (this) {
      alive = running.isAlive();
      pid = running.pid();
    }
    ComponentHealth health =
        !alive
            ? ComponentHealth.down("its process has ended; it is being started again")
            : client.isUp()
                ? ComponentHealth.up("port " + port + ", process " + pid)
                : ComponentHealth.down("process " + pid + " does not answer on port " + port);
    return Map.of("registry", health);
  }

  @Override
  public synchronized void close() {
    closed = true;
    running.close();
  }

  /** Where the registry's distribution was unpacked. */
  static Path homeOrRefuse() {
    Path home = Path.of(System.getProperty("lakehouse.registry.home", "target/registry"));
    if (!Files.isDirectory(home)) {
      throw new StartRefused(
          "the schema registry's program is not in " + home.toAbsolutePath(),
          "start with the lakehouse script, which builds what is missing");
    }
    return home;
  }
}
