package dev.lakehouse.jobs.land;

import dev.lakehouse.schemas.config.LandingConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * Keeps a table's history short: every snapshot for a while, one of each hour for longer, under the
 * tag {@code hour-2026-11-22T18}.
 */
public final class SnapshotKeeper {
  static final Duration AT_MOST_EVERY = Duration.ofMinutes(1);

  private static final String PREFIX = "hour-";
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("'" + PREFIX + "'yyyy-MM-dd'T'HH").withZone(ZoneOffset.UTC);

  private final Duration retention;
  private final Duration tagRetention;
  private final Clock clock;

  public SnapshotKeeper(LandingConfig config, Clock clock) {
    this.retention = config.snapshotRetention();
    this.tagRetention = config.tagRetention();
    this.clock = clock;
  }

  /**
   * Tags the newest snapshot for its hour, and expires what is older than it should be.
   *
   * @return when there will be something to do again, ms since the epoch
   */
  public long maintain(Table table) {
    Instant now = clock.instant();
    Snapshot current = table.currentSnapshot();
    if (current != null) {
      tag(table, current);
      dropTags(table, now.minus(tagRetention).toEpochMilli());
      expire(table, now.minus(retention).toEpochMilli());
    }
    long oldest = Long.MAX_VALUE;
    for (Snapshot snapshot : table.snapshots()) {
      if (current == null || snapshot.snapshotId() != current.snapshotId()) {
        oldest = Math.min(oldest, snapshot.timestampMillis());
      }
    }
    long soonest = now.plus(AT_MOST_EVERY).toEpochMilli();
    return oldest == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : Math.max(soonest, oldest + retention.toMillis());
  }

  private void tag(Table table, Snapshot current) {
    String hour = HOUR.format(Instant.ofEpochMilli(current.timestampMillis()));
    if (!table.refs().containsKey(hour)) {
      table
          .manageSnapshots()
          .createTag(hour, current.snapshotId())
          .setMaxRefAgeMs(hour, tagRetention.toMillis())
          .commit();
    }
  }

  private static void dropTags(Table table, long olderThan) {
    List<String> stale = new ArrayList<>();
    table
        .refs()
        .forEach(
            (name, ref) -> {
              Snapshot snapshot = table.snapshot(ref.snapshotId());
              boolean old = snapshot != null && snapshot.timestampMillis() < olderThan;
              if (name.startsWith(PREFIX) && old) {
                stale.add(name);
              }
            });
    if (!stale.isEmpty()) {
      ManageSnapshots manage = table.manageSnapshots();
      stale.forEach(manage::removeTag);
      manage.commit();
    }
  }

  private static void expire(Table table, long olderThan) {
    boolean any = false;
    for (Snapshot snapshot : table.snapshots()) {
      any |= snapshot.timestampMillis() < olderThan;
    }
    if (any) {
      table.expireSnapshots().expireOlderThan(olderThan).retainLast(1).commit();
    }
  }
}
