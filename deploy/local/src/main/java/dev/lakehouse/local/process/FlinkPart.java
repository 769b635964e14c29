package dev.lakehouse.local.process;

import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.health.HealthCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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
 * Flink in this process with one job on it. Flink itself goes on when a job has failed for good, so
 * the job is watched and submitted again.
 */
final class FlinkPart implements AutoCloseable, HealthCheck {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkPart.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration ANSWER = Duration.ofSeconds(1);

  private final MiniCluster cluster;
  private final Configuration configuration;
  private final String jobName;
  private @Nullable Consumer<StreamExecutionEnvironment> definition;
  private @Nullable JobID job;
  private boolean closed;

  private FlinkPart(MiniCluster cluster, Configuration configuration, String jobName) {
    this.cluster = cluster;
    this.configuration = configuration;
    this.jobName = jobName;
  }

  /**
   * Starts a cluster of one task manager, all of it on loopback.
   *
   * @param temporary for what Flink unpacks and spills
   */
  static FlinkPart start(Path temporary, int parallelism, String jobName) {
    Configuration configuration = configuration(temporary, parallelism);
    MiniCluster cluster =
        new DoorlessCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(parallelism + 1)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      throw new IllegalStateException("Flink does not start", e);
    }
    return new FlinkPart(cluster, configuration, jobName);
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

  /** Submits the job, now and again whenever it has ended. */
  synchronized void run(Consumer<StreamExecutionEnvironment> jobDefinition) {
    definition = jobDefinition;
    submit(jobDefinition);
  }

  private synchronized void submit(Consumer<StreamExecutionEnvironment> jobDefinition) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    jobDefinition.accept(environment);
    StreamGraph graph = environment.getStreamGraph();
    graph.setJobName(jobName);
    try {
      job = cluster.submitJob(graph).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).getJobID();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while submitting the job " + jobName, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Flink does not take the job " + jobName, e);
    }
  }

  /** Submits the job again if it has ended. */
  synchronized void mend() {
    Consumer<StreamExecutionEnvironment> defined = definition;
    JobID submitted = job;
    if (closed || defined == null || submitted == null) {
      return;
    }
    if (status(submitted).isGloballyTerminalState()) {
      LOG.warn("the job {} has ended; submitting it again", jobName);
      submit(defined);
    }
  }

  @Override
  public Map<String, ComponentHealth> check() {
    JobID submitted;
    synchronized (this) {
      submitted = job;
    }
    ComponentHealth health;
    if (submitted == null) {
      health = ComponentHealth.down("the job " + jobName + " is not submitted yet");
    } else {
      try {
        JobStatus status = status(submitted);
        health =
            switch (status) {
              case RUNNING -> ComponentHealth.up("the job " + jobName + " runs");
              case CREATED, INITIALIZING, RESTARTING, FAILING, RECONCILING ->
                  ComponentHealth.degraded(
                      "the job " + jobName + " is " + status + cause(submitted));
              default ->
                  ComponentHealth.down("the job " + jobName + " is " + status + cause(submitted));
            };
      } catch (IllegalStateException noAnswer) {
        health =
            ComponentHealth.down("Flink does not say how the job is: " + noAnswer.getMessage());
      }
    }
    return Map.of("flink", health);
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
