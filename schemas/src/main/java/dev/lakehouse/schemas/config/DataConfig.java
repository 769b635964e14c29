package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * {@code [data]}: the one directory that holds all state.
 *
 * @param dir its path, as given
 * @param minFreeBytes below this much free space new work is refused
 */
public record DataConfig(String dir, long minFreeBytes) implements Serializable {
  static DataConfig from(Settings settings) {
    return new DataConfig(
        settings.text("data.dir", "./data"), settings.bytes("data.min_free", 1L << 30));
  }

  /** The directory, absolute. */
  public Path path() {
    return Path.of(dir).toAbsolutePath().normalize();
  }
}
