package dev.lakehouse.jobs;

import dev.lakehouse.schemas.config.CatalogConfig;
import dev.lakehouse.schemas.config.LakehouseConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The catalog's door in a process of its own, that a fault may end. */
final class ForkedDoor implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;

  private ForkedDoor(Process process) {
    this.process = process;
  }

  /** Starts one and waits until it listens. */
  static ForkedDoor start(CatalogConfig catalog, int port, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ForkedDoor.class.getName(),
            "server.port=" + port,
            "catalog.uri=" + catalog.uri(),
            "catalog.warehouse=" + catalog.warehouse(),
            "catalog.implementation=" + catalog.implementation()));
    catalog
        .properties()
        .forEach((key, value) -> command.add("catalog.properties." + key + "=" + value));
    ForkedDoor door =
        new ForkedDoor(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    Awaitility.await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .until(() -> !door.process.isAlive() || listens(port));
    return door;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  /** Waits until a fault ends it; its exit code. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("nothing ended it");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Arguments: {@code key=value}. */
  public static void main(String[] args) {
    Map<String, String> settings = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      settings.put(arg.substring(0, equals), arg.substring(equals + 1));
    }
    LakehouseConfig config = LakehouseConfig.of(settings);
    var unused = new Door(config.catalog(), config.server().port());
  }
}
