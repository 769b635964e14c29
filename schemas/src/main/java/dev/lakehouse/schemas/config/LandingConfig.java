package dev.lakehouse.schemas.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * {@code [landing]}: topics become tables.
 *
 * @param firstRowDelay how long a batch waits for company after its first row
 * @param commitInterval least time between two commits of a table under load
 * @param discovery how often new topics and partitions are looked for
 * @param checkpoints how often Flink takes a checkpoint, which is for speed and not for truth
 * @param snapshotRetention how long every snapshot is kept
 * @param tagRetention how long hourly snapshots are kept
 * @param stalledAfter a landing that is behind and commits nothing for so long is down
 */
public record LandingConfig(
    Duration firstRowDelay,
    Duration commitInterval,
    Duration discovery,
    Duration checkpoints,
    Duration snapshotRetention,
    Duration tagRetention,
    Duration stalledAfter)
    implements Serializable {
  static LandingConfig from(Settings settings) {
    return new LandingConfig(
        settings.duration("landing.first_row_delay", Duration.ofMillis(20)),
        settings.duration("landing.commit_interval", Duration.ofSeconds(1)),
        settings.duration("landing.discovery", Duration.ofSeconds(1)),
        settings.duration("landing.checkpoints", Duration.ofSeconds(30)),
        settings.duration("landing.snapshot_retention", Duration.ofHours(1)),
        settings.duration("landing.tag_retention", Duration.ofDays(7)),
        settings.duration("landing.stalled_after", Duration.ofSeconds(30)));
  }
}
