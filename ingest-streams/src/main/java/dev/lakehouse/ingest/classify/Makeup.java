package dev.lakehouse.ingest.classify;

/**
 * What a value is made of, as far as one pass over its bytes tells: the order of letters, digits and
 * marks, how many digits there are, and of running texts whether there is an {@code @} or a long
 * word. Values that some check tells apart from others are made of something else than those, so a
 * column's rare values can be found among any number of its usual ones.
 *
 * <p>A makeup has a fine group and a coarse one, for columns whose values are all different. Texts
 * have a coarse one only.
 */
final class Makeup {
  /** From so many bytes on a value is a page or a message. */
  static final int LONG_TEXT = 200;

  private static final int LETTER = 1;
  private static final int DIGIT = 2;
  private static final int SPACE = 3;
  private static final int TEXT_BIT = 1 << 30;
  private static final int LONG_BIT = 1 << 29;
  private static final int AT_BIT = 1 << 28;
  private static final int NUMBER_BIT = 1 << 27;
  private static final int TEXT_SPACES = 3;

  /** Values of more turns from letters to digits or marks are told by the coarse group alone. */
  private static final int MOST_TURNS = 12;

  private static final int MOST_DIGITS = 24;
  private static final int LONG_WORD = 16;
  private static final byte[] CLASSES = new byte[256];

  static {
    for (int c = 0; c < 256; c++) {
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 128;
      boolean space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      CLASSES[c] =
          (byte) (letter ? LETTER : c >= '0' && c <= '9' ? DIGIT : space ? SPACE : 0);
    }
  }

  private Makeup() {}

  static int fine(long makeup) {
    return (int) (makeup >>> 32);
  }

  static int coarse(long makeup) {
    return (int) makeup;
  }

  /** Whether it is of a text of several words. */
  static boolean isText(long makeup) {
    return (coarse(makeup) & TEXT_BIT) != 0;
  }

  /** Whether it is of a page or a message. */
  static boolean isLong(long makeup) {
    return (coarse(makeup) & LONG_BIT) != 0;
  }

  /** Of a text in UTF-8. */
  static long ofText(byte[] bytes, int from, int to) {
    int shape = 17;
    int turns = 0;
    int digits = 0;
    int spaces = 0;
    int at = 0;
    int last = -1;
    int word = from;
    int longest = 0;
    for (int i = from; i < to; i++) {
      int c = bytes[i] & 0xFF;
      int kind = CLASSES[c];
      if (kind == last && kind != 0) {
        digits += kind == DIGIT ? 1 : 0;
        continue;
      }
      if (kind == DIGIT) {
        digits++;
      } else if (kind == SPACE) {
        spaces++;
        longest = Math.max(longest, i - word);
        word = i + 1;
      } else if (c == '@') {
        at = AT_BIT;
      }
      shape = shape * 31 + (kind == 0 ? c : kind);
      turns++;
      last = kind;
    }
    longest = Math.max(longest, to - word);
    int words = longest < LONG_WORD ? 0 : longest < 2 * LONG_WORD ? 1 : 2;
    if (spaces >= TEXT_SPACES || to - from > LONG_TEXT) {
      int length = to - from > LONG_TEXT ? LONG_BIT : 0;
      int coarse = TEXT_BIT | length | at | words << 8 | Math.min(digits, MOST_DIGITS);
      return both(coarse, coarse);
    }
    int coarse = at | words << 8 | Math.min(digits, MOST_DIGITS);
    return both(turns > MOST_TURNS ? coarse : shape * 31 + digits, coarse);
  }

  /** Of a whole number, by its digits. */
  static long ofNumber(long value) {
    int digits = 1;
    for (long left = value / 10; left != 0; left /= 10) {
      digits++;
    }
    int coarse = NUMBER_BIT | digits;
    return both(coarse, coarse);
  }

  /** Of a number with a fraction, by the digits before the point. */
  static long ofReal(double value) {
    long whole = ofNumber((long) value);
    return value == Math.rint(value) ? whole : whole | 1L << 20 | 1L << 52;
  }

  /** Of one of many that are all made alike. */
  static long alike() {
    return 0;
  }

  static long hash(byte[] bytes, int from, int to) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ bytes[i]) * 0x100000001b3L;
    }
    return hash;
  }

  private static long both(int fine, int coarse) {
    return (long) fine << 32 | coarse & 0xFFFFFFFFL;
  }
}
