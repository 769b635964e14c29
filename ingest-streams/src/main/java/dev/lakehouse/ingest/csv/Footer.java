package dev.lakehouse.ingest.csv;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows that may belong to a footer, which is known only when nothing else follows: totals, and
 * notes in the first cell of a wide row.
 */
final class Footer {
  private static final int MOST_ROWS = 10;
  private static final Pattern TOTAL =
      Pattern.compile(
          "(grand |sub ?)?totals?( .*)?:?|sum(me)?:?|gesamt(summe)?:?|insgesamt:?|average:?|mean:?",
          Pattern.CASE_INSENSITIVE);

  private record Held(long number, List<String> cells) {}

  private final Deque<Held> held = new ArrayDeque<>();

  /** Whether the row looks like a total or a note. */
  boolean mayBegin(RowBuffer row, int columns) {
    if (columns < 2 || row.fields() < columns) {
      return false;
    }
    if (!row.isEmpty(0) && onlyFirst(row, columns)) {
      return columns > 2;
    }
    int length = row.end(0) - row.start(0);
    char first = length == 0 || length > 40 ? ' ' : row.chars(0)[row.start(0)];
    return "tTsSgGiIaAmM".indexOf(first) >= 0 && TOTAL.matcher(row.text(0).strip()).matches();
  }

  private static boolean onlyFirst(RowBuffer row, int columns) {
    for (int i = 1; i < columns; i++) {
      if (!row.isEmpty(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Keeps a row until it is known what follows.
   *
   * @param said how many rows the uploader says the footer has, or 0 to find out
   */
  void hold(RowBuffer row, long number, int said, List<ColumnProfile> columns) {
    List<String> cells = new ArrayList<>();
    if (RowEncoder.isWhole(row, columns.size(), false)) {
      for (int i = 0; i < columns.size(); i++) {
        cells.add(row.text(i));
      }
    }
    held.add(new Held(number, cells));
    if (held.size() > (said > 0 ? said : MOST_ROWS)) {
      releaseOne(columns);
    }
  }

  /** What was held is of the table. */
  void release(List<ColumnProfile> columns) {
    while (!held.isEmpty()) {
      releaseOne(columns);
    }
  }

  private void releaseOne(List<ColumnProfile> columns) {
    List<String> cells = held.remove().cells();
    for (int i = 0; i < cells.size(); i++) {
      char[] cell = cells.get(i).toCharArray();
      columns.get(i).accept(cell, 0, cell.length);
    }
  }

  /**
   * The number of the first row that is none of the table, or 0. What is held is none, if it leaves
   * out something that no other row does, or has words where the first column has values.
   */
  long begin(List<ColumnProfile> columns, Dialect dialect) {
    if (held.isEmpty()) {
      return 0;
    }
    boolean typed = columns.get(0).isTyped(dialect.delimiter());
    boolean leavesOut = false;
    for (int i = 0; i < held.element().cells().size(); i++) {
      leavesOut |= held.element().cells().get(i).isBlank() && !columns.get(i).hasEmpty();
    }
    if (!typed && !leavesOut) {
      release(columns);
      return 0;
    }
    return held.element().number();
  }
}
