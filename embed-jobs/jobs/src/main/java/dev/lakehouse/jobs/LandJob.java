package dev.lakehouse.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.jobs.flink.LandGraph;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.config.LandingConfig;
import dev.lakehouse.schemas.config.MaintainConfig;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Lands every dataset's topic in its table. */
public final class LandJob {
  /** The job's name in a Flink that runs nothing else. */
  public static final String NAME = "land";

  private static final int NAME_BYTES = 4;

  private LandJob() {}

  /**
   * Adds the job to the environment and sets how it runs.
   *
   * @param config with the addresses of Kafka, the registry and the catalog known, as the cluster's
   *     task managers reach them
   */
  public static void define(StreamExecutionEnvironment env, LakehouseConfig config) {
    env.configure(settings());
    env.setParallelism(config.flink().parallelism());
    env.enableCheckpointing(config.landing().checkpoints().toMillis());
    env.getCheckpointConfig().enableUnalignedCheckpoints(false);
    LandGraph.land(LandGraph.records(env, config), config);
  }

  /** How each of our jobs runs: again after a failure, sooner at first. */
  static Configuration settings() {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(500));
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(30));
    return settings;
  }

  /**
   * For {@code flink run}: {@code --config FILE} and any number of {@code --set key=value}; the
   * environment's {@code LAKEHOUSE_…} variables count too.
   */
  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    LakehouseConfig config = config(args);
    define(env, config);
    env.execute(nameFor(config));
  }

  /**
   * The job's name in a Flink that others use too: it tells apart the jobs of different catalogs,
   * and is the same whoever submits the job.
   */
  public static String nameFor(LakehouseConfig config) {
    return nameFor(NAME, config);
  }

  static String nameFor(String job, LakehouseConfig config) {
    String tables = config.catalog().uri() + "\n" + config.catalog().warehouse();
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(tables.getBytes(UTF_8));
      return job + "-" + HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What {@link #main} is to be given so that our jobs do what this configuration says. */
  public static List<String> arguments(LakehouseConfig config) {
    Map<String, String> set = new TreeMap<>();
    set.put("kafka.bootstrap", config.kafka().bootstrap());
    config.kafka().properties().forEach((key, value) -> set.put("kafka.properties." + key, value));
    set.put("registry.url", config.registry().url());
    config.registry().headers().forEach((key, value) -> set.put("registry.headers." + key, value));
    set.put("catalog.implementation", config.catalog().implementation());
    set.put("catalog.uri", config.catalog().uri());
    set.put("catalog.warehouse", config.catalog().warehouse());
    config
        .catalog()
        .properties()
        .forEach((key, value) -> set.put("catalog.properties." + key, value));
    set.put("flink.parallelism", Integer.toString(config.flink().parallelism()));
    LandingConfig landing = config.landing();
    set.put("landing.first_row_delay", millis(landing.firstRowDelay()));
    set.put("landing.commit_interval", millis(landing.commitInterval()));
    set.put("landing.discovery", millis(landing.discovery()));
    set.put("landing.checkpoints", millis(landing.checkpoints()));
    set.put("landing.snapshot_retention", millis(landing.snapshotRetention()));
    set.put("landing.tag_retention", millis(landing.tagRetention()));
    set.put("landing.stalled_after", millis(landing.stalledAfter()));
    MaintainConfig maintain = config.maintain();
    set.put("maintain.automatic", Boolean.toString(maintain.automatic()));
    set.put("maintain.interval", millis(maintain.interval()));
    set.put("maintain.target_file", maintain.targetFileBytes() + "B");
    set.put("maintain.small_file", maintain.smallFileBytes() + "B");
    set.put("maintain.small_files", Integer.toString(maintain.smallFiles()));
    set.put("maintain.delete_files", Integer.toString(maintain.deleteFiles()));
    set.put("maintain.orphan_age", millis(maintain.orphanAge()));
    set.put("maintain.receipt_retention", millis(maintain.receiptRetention()));
    set.put("maintain.receipts", Integer.toString(maintain.receipts()));
    set.put("query.timeout", millis(config.query().timeout()));
    config.topics().forEach((topic, dataset) -> set.put("topics." + topic, dataset));
    return set.entrySet().stream()
        .flatMap(each -> Stream.of("--set", each.getKey() + "=" + each.getValue()))
        .toList();
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + "ms";
  }

  static LakehouseConfig config(String[] args) {
    Optional<Path> file = Optional.empty();
    Map<String, String> set = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " wants a value");
      }
      String value = args[i + 1];
      int equals = value.indexOf('=');
      if (args[i].equals("--config")) {
        file = Optional.of(Path.of(value));
      } else if (args[i].equals("--set") && equals > 0) {
        set.put(value.substring(0, equals), value.substring(equals + 1));
      } else {
        throw new IllegalArgumentException(
            "'" + args[i] + " " + value + "' is neither --config FILE nor --set key=value");
      }
    }
    return file.map(path -> LakehouseConfig.load(path, System.getenv(), set))
        .orElseGet(() -> LakehouseConfig.load(System.getenv(), set));
  }
}
