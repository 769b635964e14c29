package dev.lakehouse.jobs;

import dev.lakehouse.embedded.EmbeddedParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** What all tests of this JVM share; ends with it. */
final class SharedParts {
  static final SharedParts INSTANCE = new SharedParts();

  final Path dir;
  final EmbeddedParts parts;
  final MiniCluster cluster;

  private SharedParts() {
    try {
      dir = Files.createTempDirectory(Path.of("target"), "land");
      parts = EmbeddedParts.start(dir.resolve("parts"), Map.of());
      cluster = cluster();
      cluster.start();
    } catch (Exception e) {
      throw new IllegalStateException("the parts do not start", e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  private static MiniCluster cluster() {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 10);
    settings.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
    settings.set(RestOptions.BIND_PORT, "0");
    settings.set(RestOptions.ADDRESS, "127.0.0.1");
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(16));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(16));
    return new MiniCluster(
        new MiniClusterConfiguration.Builder()
            .setConfiguration(settings)
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(8)
            .build());
  }

  private void close() {
    try {
      cluster.close();
    } catch (Exception e) {
      System.err.println("the cluster did not stop: " + e);
    }
    parts.close();
  }
}
