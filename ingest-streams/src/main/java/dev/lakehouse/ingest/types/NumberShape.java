package dev.lakehouse.ingest.types;

/**
 * What the text of a number looks like: {@code [-]digits[.digits][e±digits]}, with no leading zeros
 * and at least one digit. Reused from cell to cell.
 */
public final class NumberShape {
  private static final int MOST_EXPONENT_DIGITS = 3;

  private int integerDigits;
  private int scale;
  private int digits;
  private boolean point;
  private boolean exponent;

  /** As {@link #scanAny}, but that more digits without a point than CSV's numbers have are none. */
  public boolean scan(char[] c, int from, int to) {
    return scanAny(c, from, to) && (point || exponent || integerDigits <= Cells.MOST_DIGITS);
  }

  /** Looks at the characters; whether they are a number. */
  public boolean scanAny(char[] c, int from, int to) {
    integerDigits = 0;
    scale = 0;
    digits = 0;
    point = false;
    exponent = false;
    int i = from < to && c[from] == '-' ? from + 1 : from;
    int first = i;
    for (; i < to; i++) {
      char ch = c[i];
      if (ch >= '0' && ch <= '9') {
        count(ch);
      } else if (ch == '.' && !point) {
        point = true;
      } else if (ch == 'e' || ch == 'E') {
        exponent = true;
        break;
      } else {
        return false;
      }
    }
    if (integerDigits + scale == 0 || (integerDigits > 1 && c[first] == '0')) {
      return false;
    }
    return !exponent || exponentFits(c, i + 1, to);
  }

  private void count(char ch) {
    if (point) {
      scale++;
    } else {
      integerDigits++;
    }
    if (digits > 0 || ch != '0') {
      digits++;
    }
  }

  private static boolean exponentFits(char[] c, int from, int to) {
    int i = from < to && (c[from] == '-' || c[from] == '+') ? from + 1 : from;
    if (i == to || to - i > MOST_EXPONENT_DIGITS) {
      return false;
    }
    for (; i < to; i++) {
      if (c[i] < '0' || c[i] > '9') {
        return false;
      }
    }
    return true;
  }

  /** Digits before the point. */
  public int integerDigits() {
    return integerDigits;
  }

  /** Digits behind the point. */
  public int scale() {
    return scale;
  }

  /** Digits from the first that is not zero on. */
  public int digits() {
    return digits;
  }

  /** Whether it has neither point nor exponent. */
  public boolean isInteger() {
    return !point && !exponent;
  }

  /** Whether it has an exponent. */
  public boolean hasExponent() {
    return exponent;
  }
}
