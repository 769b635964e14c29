package dev.lakehouse.jobs.land;

import dev.lakehouse.schemas.table.OffsetVector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
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

  Lane(Source source) {
    this.source = source;
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

  /** Whether there is something to do now. */
  boolean isDue(long now) {
    return !stopped && !pending.isEmpty() && backoff.notBefore() <= now;
  }
}
