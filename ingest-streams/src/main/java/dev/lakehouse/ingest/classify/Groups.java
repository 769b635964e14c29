package dev.lakehouse.ingest.classify;

/**
 * Counts values by what they are made of. Keeps so many fine groups; a value of one that has no
 * place any more is counted in its coarse group, of which there are few.
 */
final class Groups {
  private static final int MOST_FINE = 256;

  private int[] keys = new int[32];
  private int[] counts = new int[32];
  private int size;
  private int fine;

  /** Counts a value, and says the how manieth of its group it is. */
  int count(long makeup) {
    int key = Makeup.fine(makeup);
    int at = find(key);
    if (counts[at] == 0) {
      int coarse = Makeup.coarse(makeup);
      if (key != coarse && fine >= MOST_FINE) {
        at = find(coarse);
        key = coarse;
      } else {
        fine += key == coarse ? 0 : 1;
      }
    }
    if (counts[at] == 0) {
      if (2 * ++size > keys.length) {
        grow();
        at = find(key);
      }
      keys[at] = key;
    }
    if (counts[at] < Integer.MAX_VALUE) {
      counts[at]++;
    }
    return counts[at];
  }

  /** The place of a key, or where it has to go. */
  private int find(int key) {
    int at = (key * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(keys.length - 1);
    while (counts[at] != 0 && keys[at] != key) {
      at = (at + 1) & (keys.length - 1);
    }
    return at;
  }

  private void grow() {
    int[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new int[2 * oldKeys.length];
    counts = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] != 0) {
        int at = find(oldKeys[i]);
        keys[at] = oldKeys[i];
        counts[at] = oldCounts[i];
      }
    }
  }
}
