package dev.lakehouse.ingest.classify;

import dev.lakehouse.ingest.classify.evidence.Tally;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The samples of all columns of one partition of a topic. */
final class PartitionSamples {
  private final Map<String, ColumnSample> byPath = new HashMap<>();
  private final Map<ColumnReader, ColumnSample[]> byLeaf = new HashMap<>();
  private final Set<ColumnReader> used = new LinkedHashSet<>();
  private final Places places = new Places();
  private long millis;

  /** Begins a run. */
  void begin(long now) {
    this.millis = now;
    used.clear();
  }

  /**
   * Looks at a record's values.
   *
   * @throws IndexOutOfBoundsException if the bytes are not of the reader's schema; none of its
   *     values counts then
   */
  void look(ColumnReader reader, byte[] bytes, int from, int to) {
    ColumnSample[] samples = byLeaf.computeIfAbsent(reader, this::samples);
    if (used.add(reader)) {
      for (ColumnSample sample : samples) {
        sample.begin(millis);
      }
    }
    reader.read(bytes, from, to, places);
    for (int i = 0; i < places.size(); i++) {
      Leaf leaf = reader.leaves().get(places.leaf(i));
      long value = places.value(i);
      int length = places.length(i);
      ColumnSample sample = samples[places.leaf(i)];
      long makeup = leaf.makeup(bytes, value, length);
      if (sample.wants(makeup, length) && sample.isNew(leaf.hash(bytes, value, length))) {
        sample.examine(makeup, leaf.text(bytes, value, length));
      }
    }
  }

  private ColumnSample[] samples(ColumnReader reader) {
    return reader.leaves().stream()
        .map(leaf -> byPath.computeIfAbsent(leaf.path(), path -> new ColumnSample()))
        .toArray(ColumnSample[]::new);
  }

  /** What the run's records add to their columns; those without values included. */
  Map<String, Tally> tallies() {
    Map<String, Tally> tallies = new LinkedHashMap<>();
    for (ColumnReader reader : used) {
      for (Leaf leaf : reader.leaves()) {
        if (!tallies.containsKey(leaf.path())) {
          ColumnSample sample = byPath.get(leaf.path());
          if (sample != null) {
            tallies.put(leaf.path(), sample.tally());
          }
        }
      }
    }
    return tallies;
  }
}
