package dev.lakehouse.ingest.csv;

import java.util.List;

/** What stands for no value in a column that is not text; the empty cell always does. */
final class NullNotation {
  /** What is usual. In a column of text these are text. */
  static final NullNotation USUAL =
      new NullNotation(
          List.of(
              "NA", "N/A", "n/a", "NULL", "Null", "null", "NaN", "nan", "None", "\\N", "-",
              "#N/A"));

  private final char[][] tokens;
  private final boolean[] starts = new boolean[128];

  private NullNotation(List<String> tokens) {
    this.tokens = tokens.stream().map(String::toCharArray).toArray(char[][]::new);
    for (char[] token : this.tokens) {
      if (token.length > 0) {
        starts[token[0] & 0x7F] = true;
      }
    }
  }

  /** These, or the usual ones where none are said. */
  static NullNotation of(List<String> said) {
    return said.isEmpty() ? USUAL : new NullNotation(said);
  }

  boolean is(String cell) {
    return is(cell.toCharArray(), 0, cell.length());
  }

  /** Whether the characters, of which there are some, say that there is no value. */
  boolean is(char[] c, int from, int to) {
    if (!starts[c[from] & 0x7F]) {
      return false;
    }
    for (char[] token : tokens) {
      if (token.length == to - from
          && java.util.Arrays.equals(token, 0, token.length, c, from, to)) {
        return true;
      }
    }
    return false;
  }
}
