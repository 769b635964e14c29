package dev.lakehouse.jobs.land;

import dev.lakehouse.schemas.table.OffsetVector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parts and the offsets that they hold everything of.
 *
 * @param topic where the records are from
 * @param table the table's UUID, since another may come to have its name
 * @param ranges partition → offsets covered
 * @param parts in the order of their records; may be none, when no record left a trace
 * @param rows records that became rows, or deletes
 * @param quarantined records of the ranges that became no row
 */
public record Batch(
    String topic,
    String table,
    Map<Integer, Range> ranges,
    List<Part> parts,
    long rows,
    long quarantined)
    implements Landed {
  private static final long serialVersionUID = 1L;

  public Batch {
    ranges = Map.copyOf(ranges);
    parts = List.copyOf(parts);
  }

  /** How a batch stands to what a table has recorded. */
  public enum Standing {
    /** The table is where the batch starts. */
    NEXT,
    /** The table has all of it. */
    PAST,
    /** The table lacks records before the batch, and has none of it. */
    AHEAD,
    /** The table has a part of it. */
    OVERLAP
  }

  /** Compares the ranges with what a table has recorded. */
  public Standing against(OffsetVector recorded) {
    boolean allPast = true;
    boolean nonePast = true;
    boolean gap = false;
    for (Map.Entry<Integer, Range> entry : ranges.entrySet()) {
      long at = recorded.of(entry.getKey());
      Range range = entry.getValue();
      allPast &= at >= range.end();
      nonePast &= at <= range.start();
      gap |= at < range.start();
    }
    if (allPast) {
      return Standing.PAST;
    } else if (!nonePast) {
      return Standing.OVERLAP;
    }
    return gap ? Standing.AHEAD : Standing.NEXT;
  }

  /** The offsets that a table has read to once it has the batch. */
  public OffsetVector ends() {
    Map<Integer, Long> ends = new HashMap<>();
    ranges.forEach((partition, range) -> ends.put(partition, range.end()));
    return new OffsetVector(ends);
  }

  /** The same files for ranges that start where the table is: there was nothing in between. */
  public Batch startingAt(OffsetVector recorded) {
    Map<Integer, Range> widened = new HashMap<>();
    ranges.forEach(
        (partition, range) ->
            widened.put(partition, new Range(recorded.of(partition), range.end())));
    return new Batch(topic, table, widened, parts, rows, quarantined);
  }
}
