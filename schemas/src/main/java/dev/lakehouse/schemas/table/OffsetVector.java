package dev.lakehouse.schemas.table;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The next offset to read of each Kafka partition. Written as {@code 0:17,3:5}, partitions in
 * order, so that equal vectors are equal texts.
 *
 * @param next partition → next offset
 */
public record OffsetVector(Map<Integer, Long> next) {
  /** Nothing read of any partition. */
  public static final OffsetVector NONE = new OffsetVector(Map.of());

  public OffsetVector {
    next = Map.copyOf(next);
  }

  /**
   * Reads what {@link #toString} wrote; the empty text is {@link #NONE}.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static OffsetVector parse(String text) {
    Map<Integer, Long> next = new TreeMap<>();
    if (!text.isEmpty()) {
      for (String entry : text.split(",", -1)) {
        int colon = entry.indexOf(':');
        if (colon < 0) {
          throw new IllegalArgumentException("'" + text + "' is not an offset vector");
        }
        next.put(
            Integer.parseInt(entry.substring(0, colon)),
            Long.parseLong(entry.substring(colon + 1)));
      }
    }
    return new OffsetVector(next);
  }

  /** The next offset of a partition; 0 where nothing was read. */
  public long of(int partition) {
    return next.getOrDefault(partition, 0L);
  }

  /** Whether every partition of the other is read at least as far here. */
  public boolean reaches(OffsetVector other) {
    return other.next.entrySet().stream().allMatch(entry -> of(entry.getKey()) >= entry.getValue());
  }

  /** This vector with the other's entries put over its own. */
  public OffsetVector with(OffsetVector other) {
    Map<Integer, Long> merged = new TreeMap<>(next);
    merged.putAll(other.next);
    return new OffsetVector(merged);
  }

  @Override
  public String toString() {
    return new TreeMap<>(next)
        .entrySet().stream()
            .map(entry -> entry.getKey() + ":" + entry.getValue())
            .collect(Collectors.joining(","));
  }
}
