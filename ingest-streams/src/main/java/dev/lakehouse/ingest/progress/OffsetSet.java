package dev.lakehouse.ingest.progress;

import java.util.BitSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Offsets of one partition, a bit each in the neighbourhoods that have some. Safe for use by many
 * threads.
 */
final class OffsetSet {
  private static final int CHUNK_BITS = 13;

  private final ConcurrentMap<Long, BitSet> chunks = new ConcurrentHashMap<>();

  void add(long offset) {
    chunks.compute(
        offset >> CHUNK_BITS,
        (chunk, had) -> {
          BitSet bits = had == null ? new BitSet() : (BitSet) had.clone();
          bits.set(bit(offset));
          return bits;
        });
  }

  boolean contains(long offset) {
    BitSet bits = chunks.get(offset >> CHUNK_BITS);
    return bits != null && bits.get(bit(offset));
  }

  private static int bit(long offset) {
    return (int) (offset & ((1 << CHUNK_BITS) - 1));
  }
}
