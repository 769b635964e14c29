package dev.lakehouse.ingest.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A way to write values that is not the plain one, and how to get from it to the plain one. */
sealed interface Notation permits NumberNotation, DateNotation, Notation.YesNo {
  /** Longer cells are written in no notation. */
  int LONGEST = 64;

  /** Room for the plain form of any cell. */
  int ROOM = 2 * LONGEST;

  /**
   * Writes the plain form of a cell, of which at most {@link #LONGEST} characters are looked at.
   *
   * @return its length, or -1 if the cell is not written this way
   */
  int plain(char[] c, int from, int to, char[] out);

  /** The notation as a dialect keeps it, for people to read too. */
  String text();

  /** The notation of this text; empty for the plain one. */
  static Optional<Notation> parse(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    } else if (text.equals(YesNo.TEXT)) {
      return Optional.of(new YesNo());
    }
    return text.indexOf('y') >= 0
        ? Optional.of(DateNotation.parse(text))
        : Optional.of(NumberNotation.parse(text));
  }

  /** Every notation that the cell may be written in. */
  static List<Notation> of(char[] c, int from, int to) {
    List<Notation> all = new ArrayList<>();
    if (to - from <= LONGEST) {
      all.addAll(NumberNotation.candidates(c, from, to));
      all.addAll(DateNotation.CANDIDATES);
      all.add(new YesNo());
    }
    char[] out = new char[ROOM];
    all.removeIf(notation -> notation.plain(c, from, to, out) < 0);
    return all;
  }

  /** Booleans as yes and no. */
  record YesNo() implements Notation {
    private static final String TEXT = "yes/no";

    @Override
    public int plain(char[] c, int from, int to, char[] out) {
      if (to - from < 2 || to - from > 3) {
        return -1;
      }
      String cell = new String(c, from, to - from).toLowerCase(Locale.ROOT);
      String plain = cell.equals("yes") ? "true" : cell.equals("no") ? "false" : "";
      plain.getChars(0, plain.length(), out, 0);
      return plain.isEmpty() ? -1 : plain.length();
    }

    @Override
    public String text() {
      return TEXT;
    }
  }
}
