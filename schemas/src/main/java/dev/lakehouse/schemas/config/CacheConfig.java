package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * The keys of {@code [query]} that begin with {@code cache_}: tables that the engine keeps in
 * memory.
 *
 * @param bytes what all of them may take together, a part of the engine's memory; 0 keeps none
 * @param interval least time between two loads of one table, and between two looks at it
 */
public record CacheConfig(long bytes, Duration interval) implements Serializable {
  /**
   * Reads them.
   *
   * @param memory of the engine, in bytes; half of it is left to queries whatever is kept
   */
  static CacheConfig from(Settings settings, long memory) {
    long bytes = settings.bytes("query.cache_bytes", memory / 4);
    if (bytes > memory / 2) {
      settings.mistake("query.cache_bytes", "is more than half of query.memory");
    }
    return new CacheConfig(
        bytes, settings.duration("query.cache_interval", Duration.ofMillis(500)));
  }
}
