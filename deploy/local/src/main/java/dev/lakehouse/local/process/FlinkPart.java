package dev.lakehouse.local.process;

import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.health.HealthCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink in this process with our jobs on it. Flink itself goes on when a job has failed for good,
 * so they are watched and submitted again.
 */
final class FlinkPart implements AutoCloseable, HealthCheck {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkPart.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration ANSWER = Duration.ofSeconds(1);

  private final MiniCluster cluster;
  private final Configuration configuration;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private boolean closed;

  /** A job of ours, as a component of the whole. */
  private static final class Job {
    private final String name;
    private @Nullable Consumer<StreamExecutionEnvironment> definition;
    private @Nullable JobID id;

    Job(String name) {
      this.name = name;
    }
  }

  private FlinkPart(
      MiniCluster cluster, Configuration configuration, Map<String, String> namesByComponent) {
    this.cluster = cluster;
    this.configuration = configuration;
    namesByComponent.forEach((component, name) -> jobs.put(component, new Job(name)));
  }

  /**
   * Starts a cluster of one task manager, all of it on loopback.
   *
   * @param temporary for what Flink unpacks and spills
   * @param namesByComponent of the jobs: the name that health knows it by → its own name
   */
  static FlinkPart start(Path temporary, int parallelism, Map<String, String> namesByComponent) {
    Configuration configuration = configuration(temporary, parallelism);
    MiniCluster cluster =
        new DoorlessCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(parallelism + namesByComponent.size())
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      throw new IllegalStateException("Flink does not start", e);
    }
    return new FlinkPart(cluster, configuration, namesByComponent);
  }

  private static Configuration configuration(Path temporary, int parallelism) {
    try {
      Files.createDirectories(temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    configuration.set(BlobServerOptions.STORAGE_DIRECTORY, temporary.toString());
    configuration.set(JobManagerOptions.ADDRESS, LOOPBACK);
    configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    configuration.set(TaskManagerOptions.HOST, LOOPBACK);
    configuration.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    configuration.set(RestOptions.ADDRESS, LOOPBACK);
    configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofMinutes(1));
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofMinutes(10));
    configuration.set(MetricOptions.QUERY_SERVICE_PORT, "0");
    return configuration;
  }

  /** Submits the job of a component, now and again whenever it has ended. */
  synchronized void run(String component, Consumer<StreamExecutionEnvironment> definition) {
    Job job = Objects.requireNonNull(jobs.get(component));
    job.definition = definition;
    submit(job, definition);
  }

  private synchronized void submit(Job job, Consumer<StreamExecutionEnvironment> definition) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    definition.accept(environment);
    StreamGraph graph = environment.getStreamGraph();
    graph.setJobName(job.name);
    try {
      job.id = cluster.submitJob(graph).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).getJobID();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while submitting the job " + job.name, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Flink does not take the job " + job.name, e);
    }
  }

  /** Submits again the jobs that have ended. */
  synchronized void mend() {
    for (Job job : jobs.values()) {
      Consumer<StreamExecutionEnvironment> defined = job.definition;
      JobID submitted = job.id;
      if (!closed
          && defined != null
          && submitted != null
          && status(submitted).isGloballyTerminalState()) {
        LOG.warn("the job {} has ended; submitting it again", job.name);
        submit(job, defined);
      }
    }
  }

  @Override
  public Map<String, ComponentHealth> check() {
    Map<String, ComponentHealth> health = new LinkedHashMap<>();
    jobs.forEach((component, job) -> health.put(component, check(job)));
    return health;
  }

  private ComponentHealth check(Job job) {
    JobID submitted;
    synchronized (this) {
      submitted = job.id;
    }
    if (submitted == null) {
      return ComponentHealth.down("the job " + job.name + " is not submitted yet");
    }
    try {
      JobStatus status = status(submitted);
      return switch (status) {
        case RUNNING -> ComponentHealth.up("the job " + job.name + " runs");
        case CREATED, INITIALIZING, RESTARTING, FAILING, RECONCILING ->
            ComponentHealth.degraded("the job " + job.name + " is " + status + cause(submitted));
        default -> ComponentHealth.down("the job " + job.name + " is " + status + cause(submitted));
      };
    } catch (IllegalStateException noAnswer) {
      return ComponentHealth.down("Flink does not say how the job is: " + noAnswer.getMessage());
    }
  }

  private JobStatus status(JobID id) {
    try {
      return cluster.getJobStatus(id).get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Why the job failed last, in a line. */
  private String cause(JobID id) {
    try {
      var failure =
          cluster
              .getExecutionGraph(id)
              .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
              .getFailureInfo();
      if (failure == null) {
        return "";
      }
      Throwable root = failure.getException().deserializeError(FlinkPart.class.getClassLoader());
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return ": " + root;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } catch (ExecutionException | TimeoutException e) {
      return "";
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      cluster.closeAsync().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Flink does not stop cleanly", e);
    }
  }
}
