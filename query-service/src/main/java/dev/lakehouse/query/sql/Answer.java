package dev.lakehouse.query.sql;

import dev.lakehouse.query.engine.Rows;
import dev.lakehouse.query.engine.Stop;
import dev.lakehouse.query.guard.Seen;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.http.Problem;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An answer on its way: at most so many rows of a result, counted. */
final class Answer implements AutoCloseable {
  private final Rows rows;
  private final Stop stop;
  private final Receipt receipt;
  private final long limit;
  private final Files files;
  private final long startedNanos;
  private final Ending ending;
  private long count;
  private boolean truncated;
  private @Nullable Problem failed;

  /** How many data files are read and how many left out. */
  record Files(int scanned, int skipped) {
    static final Files NONE = new Files(0, 0);

    /** Those of tables that are seen as they are; of others they would tell what is hidden. */
    static Files of(List<TableSnapshot> tables, List<Seen> seen) {
      List<TableSnapshot> whole =
          IntStream.range(0, tables.size())
              .filter(use -> seen.get(use) instanceof Seen.Whole)
              .mapToObj(tables::get)
              .toList();
      return new Files(
          whole.stream().mapToInt(table -> table.files().size()).sum(),
          whole.stream().mapToInt(TableSnapshot::skipped).sum());
    }
  }

  /** What to do when an answer is over. */
  @FunctionalInterface
  interface Ending {
    /**
     * Called once.
     *
     * @param failed what ended it early, or null
     */
    void ended(long rows, @Nullable Problem failed);
  }

  Answer(
      Rows rows,
      Stop stop,
      Receipt receipt,
      long limit,
      Files files,
      long startedNanos,
      Ending ending) {
    this.rows = rows;
    this.stop = stop;
    this.receipt = receipt;
    this.limit = limit;
    this.files = files;
    this.startedNanos = startedNanos;
    this.ending = ending;
  }

  List<Rows.Column> columns() {
    return rows.columns();
  }

  Receipt receipt() {
    return receipt;
  }

  /** How many rows were answered by now. */
  long rows() {
    return count;
  }

  /** What ended it early, or null. */
  @Nullable Problem failed() {
    return failed;
  }

  /** The next row, or null after the last or the limit. */
  @Nullable Object @Nullable [] next() {
    @Nullable Object @Nullable [] row = rows.next();
    if (row == null) {
      return null;
    }
    if (count == limit) {
      truncated = true;
      return null;
    }
    count++;
    return row;
  }

  /** Whether the query was cancelled, or its time is up. */
  boolean isOver() {
    return stop.isRequested();
  }

  /** Notes that the answer ends early. */
  void fail(Problem why) {
    failed = why;
  }

  Stats stats() {
    return new Stats(
        count,
        (System.nanoTime() - startedNanos) / 1_000_000,
        truncated,
        files.scanned(),
        files.skipped());
  }

  @Override
  public void close() {
    try {
      rows.close();
    } finally {
      ending.ended(count, failed);
    }
  }
}
