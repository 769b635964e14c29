package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * {@code [policy]}: where the policies are.
 *
 * @param directory as given; empty for {@code policies} in the data directory
 */
public record PolicyConfig(String directory) implements Serializable {
  static PolicyConfig from(Settings settings) {
    return new PolicyConfig(settings.text("policy.directory", ""));
  }

  /** The directory, absolute. */
  public Path directory(DataConfig data) {
    Path given = directory.isEmpty() ? data.path().resolve("policies") : Path.of(directory);
    return given.toAbsolutePath().normalize();
  }
}
