package dev.lakehouse.local.command;

import dev.lakehouse.schemas.config.LakehouseConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which lakehouse to start or to end. */
final class StartOptions {
  private static final String DATA_DIR = "data.dir";
  private static final String PORT = "server.port";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The one directory of all state (default: data beside the lakehouse script).")
  @Nullable Path dataDir;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the HTTP door, 0 for any free one (default: 8080).")
  @Nullable Integer port;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration (lakehouse.toml); LAKEHOUSE_… and the options above override it.")
  @Nullable Path file;

  /**
   * The configuration: defaults, file, environment, command line, each over the one before. A data
   * directory that nobody named is beside the script, wherever that was called from.
   */
  LakehouseConfig config() {
    Map<String, String> overrides = new HashMap<>();
    if (dataDir != null) {
      overrides.put(DATA_DIR, dataDir.toAbsolutePath().normalize().toString());
    }
    if (port != null) {
      overrides.put(PORT, Integer.toString(port));
    }
    LakehouseConfig config = load(overrides);
    String home = System.getProperty("lakehouse.home", "");
    if (config.data().dir().equals("./data")
        && !home.isEmpty()
        && !System.getenv().containsKey("LAKEHOUSE_DATA_DIR")) {
      overrides.put(DATA_DIR, Path.of(home, "data").toString());
      return load(overrides);
    }
    return config;
  }

  private LakehouseConfig load(Map<String, String> overrides) {
    return file == null
        ? LakehouseConfig.load(System.getenv(), overrides)
        : LakehouseConfig.load(file, System.getenv(), overrides);
  }

  /** The options as they were typed, for another process of this program. */
  List<String> arguments() {
    List<String> all = new ArrayList<>();
    if (dataDir != null) {
      all.add("--data-dir=" + dataDir);
    }
    if (port != null) {
      all.add("--port=" + port);
    }
    if (file != null) {
      all.add("--config=" + file);
    }
    return all;
  }
}
