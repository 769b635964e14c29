package dev.lakehouse.ingest.classify;

import dev.lakehouse.ingest.classify.evidence.Tally;
import java.util.HashSet;
import java.util.Set;

/**
 * The values of one column in one run. Each distinct value is examined once: the first of them,
 * then every so manieth, and every one whose shape (letters, digits, marks) the run did not have
 * before. Pages and messages, which have no shape, are all examined, up to a number of characters.
 */
final class ColumnSample {
  private static final int FIRST = 128;
  private static final int ONE_IN = 16;
  private static final int MOST = 400;
  private static final int MOST_SHAPES = 64;
  private static final int SHAPE_CHARACTERS = 24;
  private static final int MOST_LONG_CHARACTERS = 1 << 20;

  private final Tally tally = new Tally();
  private final Set<String> values = new HashSet<>();
  private final Set<String> shapes = new HashSet<>();
  private long seen;
  private int examined;
  private int longCharacters;

  void take(String value) {
    seen++;
    if (Tally.isLong(value)) {
      takeLong(value);
      return;
    }
    boolean passedOver = values.size() >= 4 * MOST && seen % ONE_IN != 0;
    if (examined >= MOST || passedOver) {
      return;
    }
    if (!values.add(value)) {
      return;
    }
    boolean novel = shapes.size() < MOST_SHAPES && shapes.add(shape(value));
    if (examined < FIRST || novel || values.size() % ONE_IN == 0) {
      examined++;
      tally.examine(value);
    }
  }

  private void takeLong(String value) {
    if (longCharacters < MOST_LONG_CHARACTERS
        && values.add(value.length() + ":" + value.hashCode() + value.substring(0, 64))) {
      longCharacters += value.length();
      tally.examine(value);
    }
  }

  Tally tally() {
    tally.see(seen);
    return tally;
  }

  /** Runs of letters as one a, runs of digits as one 9, all else as it is. */
  private static String shape(String value) {
    StringBuilder shape = new StringBuilder();
    char last = 0;
    for (int i = 0; i < value.length() && shape.length() < SHAPE_CHARACTERS; i++) {
      char c = value.charAt(i);
      char mapped = Character.isLetter(c) ? 'a' : Character.isDigit(c) ? '9' : c;
      boolean mark = mapped != 'a' && mapped != '9';
      if (mark || mapped != last) {
        shape.append(mapped);
      }
      last = mapped;
    }
    return shape.toString();
  }
}
