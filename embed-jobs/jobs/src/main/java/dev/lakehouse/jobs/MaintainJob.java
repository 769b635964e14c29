package dev.lakehouse.jobs;

import dev.lakehouse.jobs.flink.MaintainGraph;
import dev.lakehouse.schemas.config.LakehouseConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Keeps tables fast: when somebody asks for it, and by itself. */
public final class MaintainJob {
  /** The job's name in a Flink that runs nothing else of the kind. */
  public static final String NAME = "maintain";

  private MaintainJob() {}

  /**
   * Adds the job to the environment and sets how it runs. It takes no checkpoints: what is left to
   * do is in the topic of runs.
   *
   * @param config with the addresses of Kafka, the registry and the catalog known, as the cluster's
   *     task managers reach them
   */
  public static void define(StreamExecutionEnvironment env, LakehouseConfig config) {
    env.configure(LandJob.settings());
    env.setParallelism(1);
    MaintainGraph.maintain(MaintainGraph.runs(env, config), config);
  }

  /** For {@code flink run}; the arguments are those of {@link LandJob#main}. */
  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    LakehouseConfig config = LandJob.config(args);
    define(env, config);
    env.execute(nameFor(config));
  }

  /** The job's name in a Flink that others use too, as {@link LandJob#nameFor}. */
  public static String nameFor(LakehouseConfig config) {
    return LandJob.nameFor(NAME, config);
  }
}
