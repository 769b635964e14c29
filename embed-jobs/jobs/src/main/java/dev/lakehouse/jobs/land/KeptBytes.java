package dev.lakehouse.jobs.land;

/**
 * What the rows take in memory that one thread keeps until they are sorted or merged: bounded for
 * each table, and for all of its tables together. For one thread.
 */
public final class KeptBytes {
  /** Of one table. */
  static final long MOST_OF_ONE = 32L << 20;

  /** Of all tables together. */
  static final long MOST_OF_ALL = 96L << 20;

  /** What a row takes besides its values. */
  private static final int OF_A_ROW = 256;

  private long all;

  /** The share of one table. */
  final class Share {
    private long bytes;

    /**
     * Counts a row.
     *
     * @param values about how many bytes its values take
     * @return whether the rows are to be written now
     */
    boolean add(int values) {
      long more = (long) values + OF_A_ROW;
      bytes += more;
      all += more;
      return bytes > MOST_OF_ONE || all > MOST_OF_ALL;
    }

    /** None of the table's rows is kept any more. */
    void clear() {
      all -= bytes;
      bytes = 0;
    }
  }

  Share share() {
    return new Share();
  }
}
