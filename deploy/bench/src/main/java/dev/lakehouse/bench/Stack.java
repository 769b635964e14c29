package dev.lakehouse.bench;

import dev.lakehouse.embedded.FreePort;
import dev.lakehouse.schemas.config.CatalogConfig;
import dev.lakehouse.schemas.config.LakehouseConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.rest.RESTCatalog;

/** The product, started by its own command on free ports over a directory of its own. */
final class Stack implements AutoCloseable {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private final Path root;
  private final Path data;
  private final int port;
  private final int kafka;
  private final int registry;
  private final Path config;
  private final String key;

  private Stack(Path root, Path data, int port, int kafka, int registry, Path config, String key) {
    this.root = root;
    this.data = data;
    this.port = port;
    this.kafka = kafka;
    this.registry = registry;
    this.config = config;
    this.key = key;
  }

  /**
   * Starts it.
   *
   * @param settings more of its configuration, as TOML
   */
  static Stack start(Path work, String settings) throws IOException, InterruptedException {
    return start(work, settings, "");
  }

  /**
   * Starts it behind keys.
   *
   * @param key of who may do everything; empty for none
   */
  static Stack start(Path work, String settings, String key)
      throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("lakehouse.root", ".")).toAbsolutePath();
    Path data = Files.createTempDirectory(Files.createDirectories(work), "data-");
    int port = FreePort.pick();
    int kafka = FreePort.pick();
    int registry = FreePort.pick();
    Path config = data.resolveSibling(data.getFileName() + ".toml");
    Files.writeString(
        config, "[kafka]\nport = " + kafka + "\n[registry]\nport = " + registry + "\n" + settings);
    Stack stack = new Stack(root, data, port, kafka, registry, config, key);
    stack.up();
    return stack;
  }

  private void up() throws IOException, InterruptedException {
    command("up", "--detach");
  }

  /** Stops and starts it again. */
  void restart() throws IOException, InterruptedException {
    command("down");
    up();
  }

  private void command(String... words) throws IOException, InterruptedException {
    List<String> line =
        Stream.of(
                Stream.of(root.resolve("lakehouse").toString()),
                Stream.of(words),
                Stream.of(
                    "--data-dir", data.toString(),
                    "--port", Integer.toString(port),
                    "--config", config.toString()))
            .flatMap(words2 -> words2)
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(data.resolveSibling(data.getFileName() + ".log").toFile());
    builder.environment().put("LAKEHOUSE_API_KEY", key);
    Process process = builder.start();
    if (process.waitFor() != 0) {
      throw new IOException(line + " failed; see " + data + ".log");
    }
  }

  Client client() {
    return client(key);
  }

  /** The same as another caller. */
  Client client(String otherKey) {
    return new Client(URI.create("http://127.0.0.1:" + port), otherKey);
  }

  /** What a Kafka client of this stack is given. */
  String bootstrap() {
    return "127.0.0.1:" + kafka;
  }

  URI registry() {
    return URI.create("http://127.0.0.1:" + registry + "/apis/ccompat/v7");
  }

  /** The directory of all its state. */
  Path data() {
    return data;
  }

  /** The catalog as the product opens it. */
  CatalogConfig catalog() {
    return LakehouseConfig.defaults()
        .catalog()
        .at(
            "jdbc:sqlite:" + data.resolve("catalog/catalog.db"),
            data.resolve("warehouse").toUri().toString().replaceFirst("/$", ""));
  }

  /** The same catalog by its REST door. */
  CatalogConfig door() {
    return new CatalogConfig(
        RESTCatalog.class.getName(),
        "http://127.0.0.1:" + port + "/iceberg",
        catalog().warehouse(),
        Map.of());
  }

  /** The Parquet files of a dataset's table. */
  List<Path> files(String dataset) throws IOException {
    try (Stream<Path> all = Files.walk(data.resolve("warehouse"))) {
      return all.filter(file -> file.toString().endsWith(".parquet"))
          .filter(file -> file.toString().contains("/" + dataset + "-"))
          .toList();
    }
  }

  /** Resident memory of all processes of this stack, in MiB. */
  long residentMiB() throws IOException {
    long kib = 0;
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          processes.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
        if (read(process.resolve("cmdline")).contains(data.toString())) {
          Matcher resident = RESIDENT.matcher(read(process.resolve("status")));
          kib += resident.find() ? Long.parseLong(resident.group(1)) : 0;
        }
      }
    }
    return kib / 1024;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      return "";
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    command("down");
  }
}
