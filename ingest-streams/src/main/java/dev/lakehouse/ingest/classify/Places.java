package dev.lakehouse.ingest.classify;

import java.util.Arrays;

/** Where the leaves of one record lie, in the order in which they were read. */
final class Places {
  private int[] leaf = new int[64];
  private long[] value = new long[64];
  private int[] length = new int[64];
  private int size;

  void clear() {
    size = 0;
  }

  /**
   * A leaf that is not null.
   *
   * @param at its number, or of a text its place
   * @param count of a text its bytes
   */
  void add(int which, long at, int count) {
    if (size == leaf.length) {
      leaf = Arrays.copyOf(leaf, 2 * size);
      value = Arrays.copyOf(value, 2 * size);
      length = Arrays.copyOf(length, 2 * size);
    }
    leaf[size] = which;
    value[size] = at;
    length[size] = count;
    size++;
  }

  int size() {
    return size;
  }

  int leaf(int index) {
    return leaf[index];
  }

  long value(int index) {
    return value[index];
  }

  int length(int index) {
    return length[index];
  }
}
