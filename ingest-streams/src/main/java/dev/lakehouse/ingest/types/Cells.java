package dev.lakehouse.ingest.types;

import java.math.BigDecimal;

/**
 * Values out of characters, without garbage on the common paths. Every parser answers {@link
 * #MISFIT} (or NaN) for what is not exactly of its form.
 */
public final class Cells {
  /** No value: the characters are not of the form asked for. No parser returns it otherwise. */
  public static final long MISFIT = Long.MIN_VALUE;

  /** More digits stay text: they are identifiers, and a long holds no more of them safely. */
  public static final int MOST_DIGITS = 18;

  /** A double holds every decimal of so many digits apart from its neighbours. */
  private static final int DOUBLE_DIGITS = 15;

  private static final long MICROS = 1_000_000L;
  private static final long DAY_SECONDS = 86_400L;

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private Cells() {}

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  /** 1, 0, or MISFIT; true and false in any case. */
  public static long bool(char[] c, int from, int to) {
    if (to - from == 4 && matches(c, from, "true")) {
      return 1;
    }
    return to - from == 5 && matches(c, from, "false") ? 0 : MISFIT;
  }

  private static boolean matches(char[] c, int from, String lower) {
    for (int i = 0; i < lower.length(); i++) {
      if ((c[from + i] | 0x20) != lower.charAt(i) || c[from + i] > 'z') {
        return false;
      }
    }
    return true;
  }

  /** Up to 18 digits, with a minus perhaps, without leading zeros. */
  public static long integer(char[] c, int from, int to) {
    int i = from;
    boolean minus = i < to && c[i] == '-';
    if (minus) {
      i++;
    }
    int digits = to - i;
    if (digits < 1 || digits > MOST_DIGITS || (c[i] == '0' && (digits > 1 || minus))) {
      return MISFIT;
    }
    long value = 0;
    for (; i < to; i++) {
      if (!digit(c[i])) {
        return MISFIT;
      }
      value = value * 10 + (c[i] - '0');
    }
    return minus ? -value : value;
  }

  /**
   * A number that a double stands for without loss: its own shortest text, but for trailing zeros,
   * is the number. NaN for everything else.
   */
  public static double exactDouble(char[] c, int from, int to, NumberShape shape) {
    if (!shape.scan(c, from, to)) {
      return Double.NaN;
    }
    return scannedDouble(c, from, to, shape);
  }

  /** As {@link #exactDouble} of characters that the shape has just scanned as a number. */
  public static double scannedDouble(char[] c, int from, int to, NumberShape shape) {
    int digits = shape.digits();
    if (digits <= DOUBLE_DIGITS && !shape.hasExponent() && shape.scale() < POWERS.length) {
      // Both are exact as doubles, so one division rounds right (Clinger 1990).
      double value = mantissa(c, from, to) / POWERS[shape.scale()];
      return c[from] == '-' ? -value : value;
    }
    String text = new String(c, from, to - from);
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      return Double.NaN;
    }
    if (digits <= DOUBLE_DIGITS && Math.abs(value) > Double.MIN_NORMAL) {
      return value;
    }
    return new BigDecimal(text).compareTo(new BigDecimal(Double.toString(value))) == 0
        ? value
        : Double.NaN;
  }

  /**
   * Whether a float stands for what the double does: it has the same shortest text, as 0.1 has in
   * both, and 16777217 has not.
   */
  public static boolean fitsFloat(double value) {
    float narrow = (float) value;
    return narrow == value
        || (Float.isFinite(narrow) && Double.parseDouble(Float.toString(narrow)) == value);
  }

  private static double mantissa(char[] c, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      if (digit(c[i])) {
        value = value * 10 + (c[i] - '0');
      }
    }
    return value;
  }

  /** Days since 1970-01-01 of {@code yyyy-MM-dd}. */
  public static long date(char[] c, int from, int to) {
    if (to - from != 10 || c[from + 4] != '-' || c[from + 7] != '-') {
      return MISFIT;
    }
    int year = number(c, from, 4);
    int month = number(c, from + 5, 2);
    int day = number(c, from + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > lastDay(year, month)) {
      return MISFIT;
    }
    return epochDay(year, month, day);
  }

  private static int lastDay(int year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /**
   * @see <a href="https://howardhinnant.github.io/date_algorithms.html#days_from_civil">the
   *     formula</a>
   */
  private static long epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  /** So many digits as a number, or -1. */
  private static int number(char[] c, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      if (!digit(c[i])) {
        return -1;
      }
      value = value * 10 + (c[i] - '0');
    }
    return value;
  }

  /** Microseconds since 1970 of {@code yyyy-MM-dd[T ]HH:mm[:ss[.ffffff]]}, without a zone. */
  public static long localTimestamp(char[] c, int from, int to) {
    return timestamp(c, from, to, to);
  }

  /** Microseconds since 1970 UTC of the same with {@code Z} or an offset behind it. */
  public static long zonedTimestamp(char[] c, int from, int to) {
    if (to - from < 17) {
      return MISFIT;
    }
    if (c[to - 1] == 'Z' || c[to - 1] == 'z') {
      return timestamp(c, from, to, to - 1);
    }
    int sign = to - 1;
    while (sign > from + 15 && c[sign] != '+' && c[sign] != '-') {
      sign--;
    }
    if (c[sign] != '+' && c[sign] != '-') {
      return MISFIT;
    }
    int length = to - sign;
    boolean colon = length == 6 && c[sign + 3] == ':';
    if (length != 3 && length != 5 && !colon) {
      return MISFIT;
    }
    int hours = number(c, sign + 1, 2);
    int minutes = length == 3 ? 0 : number(c, sign + (colon ? 4 : 3), 2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return MISFIT;
    }
    int textEnd = c[sign - 1] == ' ' ? sign - 1 : sign;
    long local = timestamp(c, from, to, textEnd);
    long offset = (hours * 60L + minutes) * 60 * MICROS;
    return local == MISFIT ? MISFIT : c[sign] == '-' ? local + offset : local - offset;
  }

  private static long timestamp(char[] c, int from, int to, int end) {
    if (end - from < 16 || end > to || (c[from + 10] != 'T' && c[from + 10] != ' ')) {
      return MISFIT;
    }
    long day = date(c, from, from + 10);
    int hour = number(c, from + 11, 2);
    int minute = number(c, from + 14, 2);
    if (day == MISFIT || c[from + 13] != ':' || hour < 0 || hour > 23 || minute < 0) {
      return MISFIT;
    }
    int second = 0;
    int micros = 0;
    if (end - from > 16) {
      if (end - from < 19 || c[from + 16] != ':') {
        return MISFIT;
      }
      second = number(c, from + 17, 2);
      if (end - from > 19) {
        micros = c[from + 19] == '.' ? fraction(c, from + 20, end) : -1;
      }
    }
    if (minute > 59 || second < 0 || second > 59 || micros < 0) {
      return MISFIT;
    }
    return (day * DAY_SECONDS + hour * 3600L + minute * 60L + second) * MICROS + micros;
  }

  private static int fraction(char[] c, int from, int end) {
    int digits = end - from;
    if (digits < 1 || digits > 6) {
      return -1;
    }
    int value = number(c, from, digits);
    for (int i = digits; i < 6 && value >= 0; i++) {
      value *= 10;
    }
    return value;
  }
}
