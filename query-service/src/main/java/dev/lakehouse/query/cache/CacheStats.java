package dev.lakehouse.query.cache;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is in memory and how it is used.
 *
 * @param usedBytes what the tables take together
 * @param budgetBytes what they may take
 * @param hits uses of pinned tables in queries that were answered from memory, since the start
 * @param bypasses uses of pinned tables that were not
 */
record CacheStats(long usedBytes, long budgetBytes, long hits, long bypasses, List<Table> tables) {
  /** The same, with some of the tables only. */
  CacheStats of(Predicate<String> shown) {
    return new CacheStats(
        usedBytes,
        budgetBytes,
        hits,
        bypasses,
        tables.stream().filter(table -> shown.test(table.table())).toList());
  }

  /** What is the case with a table. */
  enum State {
    /** It is being read into memory, or is about to be. */
    LOADING,
    /** Its newest state is in memory. */
    READY,
    /** There is a newer state, which will be loaded. */
    STALE,
    /** It had to make room for tables that were used since; it comes back when it is used. */
    EVICTED,
    /** It does not fit into the budget. */
    TOO_BIG,
    /** It could not be loaded; it is tried again. */
    FAILED
  }

  /**
   * A pinned table.
   *
   * @param detail why it is not there, if it is not
   * @param snapshotId of the state in memory, as text, for it is a 64-bit number
   * @param loadMs how long the last load took, in ms
   */
  record Table(
      String table,
      State state,
      @Nullable String detail,
      @Nullable String snapshotId,
      long rows,
      long bytes,
      long hits,
      long bypasses,
      @Nullable Instant pinnedAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant loadedAt,
      @Nullable Long loadMs) {}
}
