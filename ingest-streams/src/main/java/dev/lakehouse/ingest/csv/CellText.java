package dev.lakehouse.ingest.csv;

import dev.lakehouse.ingest.types.Cells;
import dev.lakehouse.ingest.types.NumberShape;

/** What a single cell is, before its column is known. */
final class CellText {
  private CellText() {}

  /** Whether it is a number, a date, true or false, or a code of digits: no name of a column. */
  static boolean isValue(String cell) {
    char[] c = cell.strip().toCharArray();
    if (c.length == 0) {
      return false;
    }
    return isPlain(c)
        || isCode(c)
        || Notation.of(c, 0, c.length).stream().anyMatch(how -> !(how instanceof Notation.YesNo));
  }

  /** Whether it is a date, with a time of day or not. */
  static boolean isDate(String cell) {
    char[] c = cell.strip().toCharArray();
    return c.length > 0
        && (Cells.date(c, 0, c.length) != Cells.MISFIT
            || Cells.localTimestamp(c, 0, c.length) != Cells.MISFIT
            || Notation.of(c, 0, c.length).stream().anyMatch(DateNotation.class::isInstance));
  }

  private static boolean isPlain(char[] c) {
    return new NumberShape().scan(c, 0, c.length)
        || Cells.bool(c, 0, c.length) != Cells.MISFIT
        || Cells.date(c, 0, c.length) != Cells.MISFIT
        || Cells.localTimestamp(c, 0, c.length) != Cells.MISFIT
        || Cells.zonedTimestamp(c, 0, c.length) != Cells.MISFIT;
  }

  private static boolean isCode(char[] c) {
    for (int i = c[0] == '+' && c.length > 1 ? 1 : 0; i < c.length; i++) {
      if (c[i] < '0' || c[i] > '9') {
        return false;
      }
    }
    return true;
  }
}
