package dev.lakehouse.ingest.progress;

import dev.lakehouse.schemas.table.OffsetVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the transactions of one ingest ended: so many of its rows lie below these offsets. Of many
 * transactions only some are remembered, evenly, so that a long file takes no more memory than a
 * short one.
 */
final class Checkpoints {
  private static final int MOST = 256;

  private record Checkpoint(long rows, OffsetVector end) {}

  private final List<Checkpoint> ends = new ArrayList<>();
  private long leastRows = 1;

  static OffsetVector vector(Map<String, Long> endOffsets) {
    Map<Integer, Long> next = new HashMap<>();
    endOffsets.forEach((partition, offset) -> next.put(Integer.parseInt(partition), offset));
    return new OffsetVector(next);
  }

  synchronized void add(long rows, OffsetVector end) {
    if (!ends.isEmpty() && rows < ends.get(ends.size() - 1).rows() + leastRows) {
      return;
    }
    ends.add(new Checkpoint(rows, end));
    if (ends.size() > MOST) {
      leastRows = 2 * rows / MOST + 1;
      thinOut();
    }
  }

  private void thinOut() {
    List<Checkpoint> kept = new ArrayList<>();
    for (Checkpoint checkpoint : ends) {
      if (kept.isEmpty() || checkpoint.rows() >= kept.get(kept.size() - 1).rows() + leastRows) {
        kept.add(checkpoint);
      }
    }
    ends.clear();
    ends.addAll(kept);
  }

  synchronized int size() {
    return ends.size();
  }

  /** How many rows lie below the offsets for certain. */
  synchronized long rowsBelow(OffsetVector offsets) {
    long rows = 0;
    for (Checkpoint checkpoint : ends) {
      if (offsets.reaches(checkpoint.end())) {
        rows = checkpoint.rows();
      }
    }
    return rows;
  }
}
