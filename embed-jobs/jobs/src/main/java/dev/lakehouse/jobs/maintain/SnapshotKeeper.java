package dev.lakehouse.jobs.maintain;

import dev.lakehouse.schemas.config.LakehouseConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Keeps a table's history short, and is the only one that does: every snapshot for a while after
 * another took its place, so that whoever began to read it while it was the newest can go on; what
 * queries read of late as long as they may name it; and one of each hour for longer, under the tag
 * {@code hour-2026-11-22T18}.
 */
public final class SnapshotKeeper {
  /** So many are expired at once, since each time costs a look at all that are kept. */
  static final int MANY = 100;

  private static final Duration LATEST = Duration.ofMinutes(10);
  private static final String PREFIX = "hour-";
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("'" + PREFIX + "'yyyy-MM-dd'T'HH").withZone(ZoneOffset.UTC);

  private final Duration retention;
  private final Duration tagRetention;
  private final Clock clock;

  public SnapshotKeeper(LakehouseConfig config, Clock clock) {
    Duration queries = config.query().timeout().multipliedBy(2);
    Duration asked = config.landing().snapshotRetention();
    this.retention = asked.compareTo(queries) > 0 ? asked : queries;
    this.tagRetention = config.landing().tagRetention();
    this.clock = clock;
  }

  /**
   * What went.
   *
   * @param snapshots expired
   * @param files deleted, since none of those left names them
   */
  record Expired(long snapshots, long files) {
    static final Expired NOTHING = new Expired(0, 0);
  }

  /** Tags the newest snapshot for its hour, unless the hour has one. */
  void tag(Table table) {
    Snapshot current = table.currentSnapshot();
    if (current == null) {
      return;
    }
    String hour = HOUR.format(Instant.ofEpochMilli(current.timestampMillis()));
    if (!table.refs().containsKey(hour)) {
      table
          .manageSnapshots()
          .createTag(hour, current.snapshotId())
          .setMaxRefAgeMs(hour, tagRetention.toMillis())
          .commit();
    }
  }

  /** Whether it is time to expire: there are many, or one for long. */
  boolean isDue(Table table, Set<Long> used) {
    Map<Long, Long> superseded = expirable(table, used);
    long overdue = clock.instant().minus(retention).minus(LATEST).toEpochMilli();
    return superseded.size() >= MANY
        || superseded.values().stream().anyMatch(at -> at < overdue)
        || !staleTags(table).isEmpty();
  }

  /**
   * Expires what need not be kept.
   *
   * @param used snapshots that queries read of late
   */
  Expired expire(Table table, Set<Long> used) {
    List<String> stale = staleTags(table);
    if (!stale.isEmpty()) {
      ManageSnapshots manage = table.manageSnapshots();
      stale.forEach(manage::removeTag);
      manage.commit();
    }
    Set<Long> expirable = expirable(table, used).keySet();
    if (expirable.isEmpty()) {
      return Expired.NOTHING;
    }
    AtomicLong files = new AtomicLong();
    ExpireSnapshots expire =
        table
            .expireSnapshots()
            .expireOlderThan(0)
            .deleteWith(
                location -> {
                  table.io().deleteFile(location);
                  files.incrementAndGet();
                });
    expirable.forEach(expire::expireSnapshotId);
    expire.commit();
    return new Expired(expirable.size(), files.get());
  }

  private List<String> staleTags(Table table) {
    long olderThan = clock.instant().minus(tagRetention).toEpochMilli();
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
    return stale;
  }

  /** Snapshot → since when another is in its place, ms since the epoch. */
  private Map<Long, Long> expirable(Table table, Set<Long> used) {
    Snapshot current = table.currentSnapshot();
    if (current == null) {
      return Map.of();
    }
    Map<Long, Long> followed = new HashMap<>();
    for (Snapshot each : SnapshotUtil.currentAncestors(table)) {
      if (each.parentId() != null) {
        followed.put(each.parentId(), each.timestampMillis());
      }
    }
    Set<Long> kept = new HashSet<>(used);
    table.refs().values().forEach(ref -> kept.add(ref.snapshotId()));
    kept.add(current.snapshotId());
    long before = clock.instant().minus(retention).toEpochMilli();
    Map<Long, Long> expirable = new HashMap<>();
    for (Snapshot each : table.snapshots()) {
      long at = followed.getOrDefault(each.snapshotId(), each.timestampMillis());
      if (at < before && !kept.contains(each.snapshotId())) {
        expirable.put(each.snapshotId(), at);
      }
    }
    return expirable;
  }
}
