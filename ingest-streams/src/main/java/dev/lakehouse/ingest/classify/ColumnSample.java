package dev.lakehouse.ingest.classify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.classify.evidence.Tally;
import java.util.HashSet;
import java.util.Set;

/**
 * Which values of one column are examined. Every value is looked at as to what it is made of
 * ({@link Makeup}). The first values of each makeup are examined, however late they come; of the
 * others the first different ones of each second, and one in so many. Once a column is known well,
 * fewer of a second. Pages and messages are examined up to a number of characters a second.
 */
final class ColumnSample {
  /** Of each makeup so many are always examined. */
  static final int FIRST_OF_A_KIND = 16;

  /** Different values of a second that are examined, until the column is known well. */
  static final int A_SECOND = 200;

  /** The same afterwards. */
  static final int A_SECOND_WHEN_KNOWN = 32;

  /** Examined values after which a column is known well: those of two windows. */
  static final int KNOWN = 2 * ColumnState.WINDOW;

  /** Of values beyond, one in so many of a makeup. */
  static final int ONE_IN = 1024;

  /** A text takes as long as so many other values. */
  private static final int TEXT_WEIGHT = 8;

  private static final int MOST_TRIED = 8 * A_SECOND;
  private static final int LONG_CHARACTERS_A_SECOND = 1 << 20;
  private static final long SECOND_MILLIS = 1000;

  private final Groups groups = new Groups();
  private final Set<Long> values = new HashSet<>();
  private Tally tally = new Tally();
  private long second = Long.MIN_VALUE;
  private long seen;
  private int known;
  private int tried;
  private int weight;
  private int longCharacters;

  /** Begins a run. */
  void begin(long millis) {
    if (millis >= second + SECOND_MILLIS || millis < second) {
      second = millis;
      tried = 0;
      weight = 0;
      longCharacters = 0;
      values.clear();
    }
  }

  /** Whether a value so made is to be examined unless it was already. */
  boolean wants(long makeup, int length) {
    seen++;
    int nth = groups.count(makeup);
    if (nth <= FIRST_OF_A_KIND || nth % ONE_IN == 0) {
      return true;
    }
    if (Makeup.isLong(makeup)) {
      return longCharacters + length <= LONG_CHARACTERS_A_SECOND;
    }
    return weight < (known < KNOWN ? A_SECOND : A_SECOND_WHEN_KNOWN) && tried++ < MOST_TRIED;
  }

  /** Whether the second did not have the value before. */
  boolean isNew(long hash) {
    return values.size() >= MOST_TRIED || values.add(hash);
  }

  void examine(long makeup, String value) {
    if (Makeup.isLong(makeup)) {
      longCharacters += value.length();
    } else {
      int taken = Makeup.isText(makeup) ? TEXT_WEIGHT : 1;
      weight += taken;
      known += taken;
    }
    tally.examine(value);
  }

  /** Takes a value that is there as text. */
  void take(String value) {
    byte[] bytes = value.getBytes(UTF_8);
    long makeup = Makeup.ofText(bytes, 0, bytes.length);
    if (wants(makeup, bytes.length) && isNew(Makeup.hash(bytes, 0, bytes.length))) {
      examine(makeup, value);
    }
  }

  /** What was seen since the last time. */
  Tally tally() {
    Tally taken = tally;
    taken.see(seen);
    tally = new Tally();
    seen = 0;
    return taken;
  }
}
