package dev.lakehouse.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Trino server of one node that is not ours, for tests and benchmarks: a process of its own, on a
 * JDK that is new enough for it, which reads the tables through a lakehouse's catalog door.
 */
public final class StandaloneTrino implements AutoCloseable {
  /** The oldest Java that Trino runs on. */
  private static final int JAVA = 24;

  private static final String SERVER = "trino-server-core";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final ChildProcess process;
  private final int port;

  private StandaloneTrino(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Why Trino cannot be started here; empty if it can.
   *
   * @param home where the build unpacked {@code trino-server-core}, and the plugins in {@code
   *     plugin}
   */
  public static Optional<String> missing(Path home) {
    if (Jdk.atLeast(JAVA).isEmpty()) {
      return Optional.of(
          "Trino needs a JDK of version "
              + JAVA
              + " or newer, and none is found on this machine; install one or name it with"
              + " JAVA25_HOME");
    }
    return server(home).isPresent()
        ? Optional.empty()
        : Optional.of("there is no Trino in " + home + "; ./mvnw verify unpacks it");
  }

  private static Optional<Path> server(Path home) {
    if (!Files.isDirectory(home)) {
      return Optional.empty();
    }
    try (Stream<Path> children = Files.list(home)) {
      return children
          .filter(child -> String.valueOf(child.getFileName()).startsWith(SERVER))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param home as for {@link #missing}
   * @param dir for its settings and what it prints
   * @param door the catalog's address
   * @param heap of its process, such as {@code 1G}
   * @param options more options for its JVM
   */
  public static StandaloneTrino start(
      Path home, Path dir, URI door, String heap, String... options) {
    Path java = Jdk.atLeast(JAVA).orElseThrow().java();
    Path server = server(home).orElseThrow();
    int port = FreePort.pick();
    try {
      Path settings = configure(dir, port, home.resolve("plugin"), door);
      ChildProcess process =
          ChildProcess.start(
              command(java, heap, List.of(options), settings, server),
              dir.resolve("trino.pid"),
              dir.resolve("trino.log"));
      StandaloneTrino trino = new StandaloneTrino(process, port);
      trino.await();
      return trino;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(
      Path java, String heap, List<String> options, Path settings, Path server) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(java.toString(), "-Xmx" + heap, "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-modules=jdk.incubator.vector",
            "-Djdk.attach.allowAttachSelf=true",
            "-Dconfig=" + settings,
            "-cp",
            server.resolve("lib") + "/*",
            "io.trino.server.TrinoServer"));
    return command;
  }

  private static Path configure(Path dir, int port, Path plugins, URI door) throws IOException {
    Path catalogs = Files.createDirectories(dir.resolve("catalog"));
    Files.writeString(
        catalogs.resolve("lake.properties"),
        String.join(
            "\n",
            "connector.name=iceberg",
            "iceberg.catalog.type=rest",
            "iceberg.rest-catalog.uri=" + door,
            "fs.native-local.enabled=true",
            "local.location=/",
            ""));
    return Files.writeString(
        dir.resolve("config.properties"),
        String.join(
            "\n",
            "node.environment=test",
            "node.id=one",
            "node.bind-ip=127.0.0.1",
            "node.internal-address=127.0.0.1",
            "coordinator=true",
            "node-scheduler.include-coordinator=true",
            "http-server.http.port=" + port,
            "http-server.log.enabled=false",
            "query-manager.required-workers=1",
            "discovery.uri=http://127.0.0.1:" + port,
            "plugin.dir=" + plugins,
            "catalog.config-dir=" + catalogs,
            ""));
  }

  private void await() {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest info = HttpRequest.newBuilder(URI.create(url() + "/v1/info")).build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!answers(http, info)) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        String last = process.lastWords();
        close();
        throw new IllegalStateException("Trino does not start: " + last);
      }
    }
  }

  private static boolean answers(HttpClient http, HttpRequest info) {
    try {
      Thread.sleep(PAUSE.toMillis());
      return http.send(info, HttpResponse.BodyHandlers.ofString())
          .body()
          .contains("\"starting\":false");
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Trino starts", e);
    }
  }

  /** Where it is, as {@code query.trino.url} has it. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.close();
  }
}
