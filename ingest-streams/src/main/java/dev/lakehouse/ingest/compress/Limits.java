package dev.lakehouse.ingest.compress;

/**
 * How much may come out of a compressed file.
 *
 * @param mostBytes of one file, unpacked
 * @param mostRatio unpacked bytes for each packed one; it counts from {@link #GRACE_BYTES} on
 */
public record Limits(long mostBytes, long mostRatio) {
  /** So many bytes may come out of however few. */
  static final long GRACE_BYTES = 64L << 20;
}
