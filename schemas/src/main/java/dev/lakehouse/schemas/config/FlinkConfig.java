package dev.lakehouse.schemas.config;

import java.io.Serializable;

/**
 * {@code [flink]}: who runs the jobs.
 *
 * @param url REST address of an external Flink cluster; empty for the embedded one
 * @param parallelism parallelism of the landing job
 */
public record FlinkConfig(String url, int parallelism) implements Serializable {
  static FlinkConfig from(Settings settings) {
    return new FlinkConfig(
        settings.address("flink.url"), settings.count("flink.parallelism", 1, 1, 1000));
  }

  /** Whether Flink runs in this process. */
  public boolean embedded() {
    return url.isEmpty();
  }
}
