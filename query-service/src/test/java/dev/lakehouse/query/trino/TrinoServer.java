package dev.lakehouse.query.trino;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A Trino server of one node, as a process, that reads the tables through a lakehouse's catalog
 * door. What it needs lies where the build unpacked it, named by the property {@code
 * lakehouse.trino.home}.
 */
public final class TrinoServer implements AutoCloseable {
  private static final int OLDEST_JAVA = 24;

  private final Process process;
  private final int port;

  private TrinoServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Why Trino cannot be started here; empty if it can. */
  public static Optional<String> missing() {
    if (Jdk.atLeast(OLDEST_JAVA).isEmpty()) {
      return Optional.of(
          "Trino needs a JDK of version 24 or newer, and none is found on this machine; install one"
              + " or name it with JAVA25_HOME");
    }
    return home().isEmpty()
        ? Optional.of("Trino is not there; ./mvnw verify unpacks it (lakehouse.trino.home)")
        : Optional.empty();
  }

  private static Optional<Path> home() {
    return Optional.ofNullable(System.getProperty("lakehouse.trino.home"))
        .map(Path::of)
        .filter(Files::isDirectory);
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param directory for its settings and data
   * @param door the catalog's address
   */
  public static TrinoServer start(Path directory, URI door) {
    Path home = home().orElseThrow();
    Path java = Jdk.atLeast(OLDEST_JAVA).orElseThrow().java();
    try {
      int port = freePort();
      Path etc = Files.createDirectories(directory.resolve("etc"));
      Path catalogs = Files.createDirectories(etc.resolve("catalog"));
      Files.writeString(
          etc.resolve("config.properties"),
          """
          node.environment=test
          node.id=one
          node.bind-ip=127.0.0.1
          node.internal-address=127.0.0.1
          coordinator=true
          node-scheduler.include-coordinator=true
          http-server.http.port=%d
          discovery.uri=http://127.0.0.1:%d
          plugin.dir=%s
          catalog.config-dir=%s
          query.max-memory-per-node=300MB
          memory.heap-headroom-per-node=200MB
          """
              .formatted(port, port, home.resolve("plugin"), catalogs));
      Files.writeString(
          catalogs.resolve("lake.properties"),
          """
          connector.name=iceberg
          iceberg.catalog.type=rest
          iceberg.rest-catalog.uri=%s
          fs.native-local.enabled=true
          local.location=/
          """
              .formatted(door));
      Process process =
          new ProcessBuilder(
                  List.of(
                      java.toString(),
                      "-Xmx1G",
                      "-XX:+UseSerialGC",
                      "-XX:TieredStopAtLevel=1",
                      "--enable-native-access=ALL-UNNAMED",
                      "--sun-misc-unsafe-memory-access=allow",
                      "--add-modules=jdk.incubator.vector",
                      "-Djdk.attach.allowAttachSelf=true",
                      "-Dconfig=" + etc.resolve("config.properties"),
                      "-cp",
                      server(home).resolve("lib") + "/*",
                      "io.trino.server.TrinoServer"))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("trino.log").toFile())
              .start();
      TrinoServer server = new TrinoServer(process, port);
      server.await(directory.resolve("trino.log"));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path server(Path home) throws IOException {
    try (var children = Files.list(home)) {
      return children
          .filter(child -> child.getFileName().toString().startsWith("trino-server-core"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void await(Path log) {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest info =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/info")).build();
    Awaitility.await("Trino's start, see " + log)
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsMatching(IOException.class::isInstance)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("Trino ended: " + Files.readString(log));
              }
              return http.send(info, HttpResponse.BodyHandlers.ofString())
                  .body()
                  .contains("\"starting\":false");
            });
  }

  /** Where it is, as {@code query.trino.url} has it. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Ends it at once, as a lost machine would. */
  public void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
