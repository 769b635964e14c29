package dev.lakehouse.jobs.land;

import dev.lakehouse.schemas.table.OffsetVector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** What the committer knows of one topic. */
final class Lane {
  final Source source;
  final Deque<Batch> pending = new ArrayDeque<>();
  final Backoff backoff = new Backoff();

  /** Partition → up to where the log was read again and found empty. */
  final Map<Integer, Long> emptyUpTo = new HashMap<>();

  /** The ends at the last audit: what was there then should have come since. */
  Map<Integer, Long> lastEnds = Map.of();

  @Nullable Table table;
  @Nullable String tableId;

  /** The id of the topic that the table is of. */
  @Nullable String topicId;

  OffsetVector recorded = OffsetVector.NONE;
  boolean stopped;
  String stoppedFor = "";
  boolean headTried;
  long lastHeard;
  long lastMaintained;
  long maintainAt;

  /** Tables that are found at the same time are not maintained at the same time. */
  Lane(Source source, long now) {
    this.source = source;
    long interval = SnapshotKeeper.AT_MOST_EVERY.toMillis();
    lastMaintained = now - ThreadLocalRandom.current().nextLong(interval);
    maintainAt = lastMaintained + interval;
  }

  /** Topic and table are others of the same name: nothing that was known holds. */
  void startAnew() {
    table = null;
    tableId = null;
    topicId = null;
    recorded = OffsetVector.NONE;
    emptyUpTo.clear();
    lastEnds = Map.of();
    stopped = false;
    headTried = false;
    backoff.succeeded();
  }

  /** Something was committed: it may be maintained, but not too often. */
  void committed(long now) {
    long soonest = lastMaintained + SnapshotKeeper.AT_MOST_EVERY.toMillis();
    maintainAt = Math.min(maintainAt, Math.max(now, soonest));
  }

  /** Whether there is something to do now. */
  boolean isDue(long now) {
    return !stopped && !pending.isEmpty() && backoff.notBefore() <= now;
  }
}
