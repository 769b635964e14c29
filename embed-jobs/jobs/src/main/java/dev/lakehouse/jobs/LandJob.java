package dev.lakehouse.jobs;

import dev.lakehouse.jobs.flink.LandGraph;
import dev.lakehouse.schemas.config.LakehouseConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Lands every dataset's topic in its table. */
public final class LandJob {
  /** The job's name in Flink. */
  public static final String NAME = "land";

  private LandJob() {}

  /**
   * Adds the job to the environment and sets how it runs.
   *
   * @param config with the addresses of Kafka, the registry and the catalog known, as the cluster's
   *     task managers reach them
   */
  public static void define(StreamExecutionEnvironment env, LakehouseConfig config) {
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
    env.configure(settings);
    env.setParallelism(config.flink().parallelism());
    env.enableCheckpointing(config.landing().checkpoints().toMillis());
    env.getCheckpointConfig().enableUnalignedCheckpoints(false);
    LandGraph.land(LandGraph.records(env, config), config);
  }

  /**
   * For {@code flink run}: {@code --config FILE} and any number of {@code --set key=value}; the
   * environment's {@code LAKEHOUSE_…} variables count too.
   */
  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    define(env, config(args));
    env.execute(NAME);
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
