package dev.lakehouse.embedded;

import dev.lakehouse.schemas.config.LakehouseConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Broker and registry together over one directory, on free ports: what a test of one room needs
 * around it. Can be run by hand; the argument is the directory.
 *
 * <p>The registry's distribution is found by the system property {@code lakehouse.registry.home}.
 */
public final class EmbeddedParts implements AutoCloseable {
  private final EmbeddedBroker broker;
  private final EmbeddedRegistry registry;
  private final LakehouseConfig config;

  private EmbeddedParts(EmbeddedBroker broker, EmbeddedRegistry registry, LakehouseConfig config) {
    this.broker = broker;
    this.registry = registry;
    this.config = config;
  }

  /**
   * Starts both and waits until they answer.
   *
   * @param dir for all state
   * @param settings more settings, by dotted key
   */
  public static EmbeddedParts start(Path dir, Map<String, String> settings) {
    Path home = Path.of(System.getProperty("lakehouse.registry.home", "target/registry"));
    EmbeddedRegistry registry =
        EmbeddedRegistry.start(home, dir.resolve("registry"), FreePort.pick(), List.of());
    EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"), FreePort.pick(), Map.of());
    registry.awaitReady();
    return new EmbeddedParts(broker, registry, config(dir, broker, registry, settings));
  }

  private static LakehouseConfig config(
      Path dir, EmbeddedBroker broker, EmbeddedRegistry registry, Map<String, String> settings) {
    try {
      Files.createDirectories(dir.resolve("warehouse"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LakehouseConfig config = LakehouseConfig.of(settings);
    return config
        .with(config.kafka().at(broker.bootstrap()))
        .with(config.registry().at(registry.url().toString()))
        .with(config.objects().at(dir.resolve("objects").toUri().toString()))
        .with(
            config
                .catalog()
                .at(
                    "jdbc:sqlite:" + dir.resolve("catalog.db").toAbsolutePath(),
                    dir.resolve("warehouse").toUri().toString()));
  }

  /** A configuration that points at these parts and keeps everything else in the directory. */
  public LakehouseConfig config() {
    return config;
  }

  @Override
  public void close() {
    broker.close();
    registry.close();
  }

  /** Runs both until the process is ended. */
  public static void main(String[] args) throws InterruptedException {
    EmbeddedParts parts = start(Path.of(args[0]), Map.of());
    Runtime.getRuntime().addShutdownHook(new Thread(parts::close));
    System.out.println("kafka " + parts.config().kafka().bootstrap());
    System.out.println("registry " + parts.config().registry().url());
    Thread.currentThread().join();
  }
}
