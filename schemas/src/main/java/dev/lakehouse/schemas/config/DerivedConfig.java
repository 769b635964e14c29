package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * {@code [derived]}: datasets that are made of queries over others.
 *
 * @param concurrent refreshes that run at once; others wait
 * @param pause least time from one start to the next of a table that follows its sources' commits
 * @param timeout longest a refresh's query may take
 * @param landing a refresh whose rows are not landed any further for so long is given up
 */
public record DerivedConfig(int concurrent, Duration pause, Duration timeout, Duration landing)
    implements Serializable {
  static DerivedConfig from(Settings settings) {
    return new DerivedConfig(
        settings.count("derived.concurrent", 2, 1, 100),
        settings.duration("derived.pause", Duration.ofSeconds(5)),
        settings.duration("derived.timeout", Duration.ofHours(1)),
        settings.duration("derived.landing_timeout", Duration.ofMinutes(5)));
  }
}
