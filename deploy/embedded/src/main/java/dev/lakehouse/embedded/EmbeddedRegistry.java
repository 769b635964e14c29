package dev.lakehouse.embedded;

import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Apicurio Registry as a child process on loopback, reached only through its Confluent API; its
 * schemas are in an H2 file.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String IDENTITY = "registry.pid";

  private final ChildProcess process;
  private final URI url;
  private final Path log;

  private EmbeddedRegistry(ChildProcess process, URI url, Path log) {
    this.process = process;
    this.url = url;
    this.log = log;
  }

  /**
   * Starts the child; {@link #awaitReady} waits for it.
   *
   * @param home the unpacked distribution
   * @param dir holds the schemas, the log and the child's identity
   * @param port where the API listens, on 127.0.0.1
   * @param jvmOptions more options for the child's JVM
   */
  public static EmbeddedRegistry start(Path home, Path dir, int port, List<String> jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:MetaspaceSize=96m",
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dquarkus.management.host=127.0.0.1",
            "-Dquarkus.management.port=" + FreePort.pick(),
            "-Dapicurio.storage.kind=sql",
            "-Dapicurio.storage.sql.kind=h2",
            "-Dapicurio.datasource.url=jdbc:h2:file:" + dir.resolve("schemas").toAbsolutePath()));
    command.addAll(jvmOptions);
    command.add("-jar");
    command.add(home.resolve("apicurio-registry-app-3.0.9-runner.jar").toString());
    Path log = dir.resolve("registry.log");
    ChildProcess process = ChildProcess.start(command, dir.resolve(IDENTITY), log);
    return new EmbeddedRegistry(process, urlAt(port), log);
  }

  /**
   * Returns once the registry answers and refuses schemas that old readers' data would not fit.
   *
   * @throws IllegalStateException if it dies or does not answer in time; the message names its log
   */
  public void awaitReady() {
    SchemaRegistry registry = new SchemaRegistry(url, Map.of());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            "the schema registry stopped; its log, " + log + ", ends: " + process.lastWords());
      }
      try {
        registry.defaultCompatibility("BACKWARD");
        return;
      } catch (RegistryException notYet) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "the schema registry does not answer; its log is " + log, notYet);
        }
        pause();
      }
    }
  }

  /**
   * Ends the child that a killed process left over this directory.
   *
   * @return whether there was one
   */
  public static boolean endLeftBehind(Path dir) {
    return ChildProcess.endLeftBehind(dir.resolve(IDENTITY));
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the schema registry", e);
    }
  }

  /** The address of the Confluent API of an embedded registry on a port. */
  public static URI urlAt(int port) {
    return URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
  }

  /** The address of the Confluent API. */
  public URI url() {
    return url;
  }

  /** Whether the child still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The child's process id. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.close();
  }
}
