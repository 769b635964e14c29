package dev.lakehouse.ingest.classify;

/**
 * What a value is made of, as far as one pass over its bytes tells: the order of letters, digits
 * and marks, how many digits there are, and of running texts whether there is an {@code @}, a long
 * word or a long number. Values that some check tells apart from others are made of something else
 * than those, so a column's rare values can be found among any number of its usual ones.
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
  private static final int WORD_BIT = 1 << 26;
  private static final int GROUP_BIT = 1 << 25;

  /** In both groups of a makeup. */
  private static final long FRACTION = (1L << 20) | (1L << 52);

  private static final int TEXT_SPACES = 3;

  /** Values of more turns from letters to digits or marks are told by the coarse group alone. */
  private static final int MOST_TURNS = 12;

  private static final int MOST_DIGITS = 24;
  private static final int LONG_WORD = 16;
  private static final int LONG_NUMBER = 9;
  private static final byte[] CLASSES = new byte[256];

  /** Of each byte what it adds to the counts, which lie beside each other in a number. */
  private static final long[] COUNTS = new long[256];

  private static final int SPACES_SHIFT = 24;
  private static final int AT_SHIFT = 48;
  private static final int COUNT_MASK = (1 << 24) - 1;

  /** A pass counts so many bytes at most, so that counts do not run into each other. */
  private static final int LONGEST = COUNT_MASK;

  static {
    for (int c = 0; c < 256; c++) {
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 128;
      boolean digit = c >= '0' && c <= '9';
      boolean space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      CLASSES[c] = (byte) (letter ? LETTER : digit ? DIGIT : space ? SPACE : 0);
      COUNTS[c] = digit ? 1L : space ? 1L << SPACES_SHIFT : c == '@' ? 1L << AT_SHIFT : 0;
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
    int length = to - from;
    int last = from + Math.min(length, LONGEST);
    long counts = 0;
    for (int i = from; i < last; i++) {
      counts += COUNTS[bytes[i] & 0xFF];
    }
    int digits = (int) counts & COUNT_MASK;
    int spaces = (int) (counts >>> SPACES_SHIFT) & COUNT_MASK;
    int coarse =
        (counts >>> AT_SHIFT > 0 ? AT_BIT : 0)
            | (hasLongWord(bytes, from, last) ? WORD_BIT : 0)
            | Math.min(digits, MOST_DIGITS);
    if (digits >= LONG_NUMBER && (length > LONG_TEXT || spaces >= TEXT_SPACES)) {
      coarse |= hasLongNumber(bytes, from, last) ? GROUP_BIT : 0;
    }
    if (length > LONG_TEXT) {
      coarse |= TEXT_BIT | LONG_BIT;
    } else if (spaces >= TEXT_SPACES) {
      coarse |= TEXT_BIT;
    } else {
      return both(shape(bytes, from, to, digits, coarse), coarse);
    }
    return both(coarse, coarse);
  }

  /** The order of letters, digits and marks; runs of letters or of digits count as one. */
  private static int shape(byte[] bytes, int from, int to, int digits, int coarse) {
    int shape = 17;
    int turns = 0;
    int last = -1;
    for (int i = from; i < to; i++) {
      int c = bytes[i] & 0xFF;
      int kind = CLASSES[c];
      if (kind != last || kind == 0) {
        shape = shape * 31 + (kind == 0 ? c : kind);
        turns++;
        last = kind;
      }
    }
    return turns > MOST_TURNS ? coarse : shape * 31 + digits;
  }

  /** Whether so many digits stand together with at most one mark or space between two. */
  private static boolean hasLongNumber(byte[] bytes, int from, int to) {
    int digits = 0;
    int apart = 0;
    for (int i = from; i < to; i++) {
      if (CLASSES[bytes[i] & 0xFF] == DIGIT) {
        apart = 0;
        if (++digits >= LONG_NUMBER) {
          return true;
        }
      } else if (++apart > 1) {
        digits = 0;
      }
    }
    return false;
  }

  /** Whether so many bytes stand together without a space, as of keys and tokens. */
  private static boolean hasLongWord(byte[] bytes, int from, int to) {
    int start = from;
    while (to - start >= LONG_WORD) {
      int at = start + LONG_WORD - 1;
      while (at >= start && CLASSES[bytes[at] & 0xFF] != SPACE) {
        at--;
      }
      if (at < start) {
        return true;
      }
      start = at + 1;
    }
    return false;
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
    return value == Math.rint(value) ? whole : whole | FRACTION;
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
    return ((long) fine << 32) | (coarse & 0xFFFFFFFFL);
  }
}
