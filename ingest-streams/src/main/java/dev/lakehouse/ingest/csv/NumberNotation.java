package dev.lakehouse.ingest.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers with groups of three digits, a decimal comma, a currency sign, a percent sign, or
 * brackets for less than nothing.
 *
 * @param decimal before the fraction
 * @param group between groups of three digits
 * @param prefix sign before every number, or the empty string
 * @param suffix sign behind every number, or the empty string
 */
record NumberNotation(char decimal, char group, String prefix, String suffix) implements Notation {
  private static final String CURRENCIES = "$€£¥₹₽₩₺₫₴₦฿";
  private static final Pattern TEXT = Pattern.compile("(.*?)1(.)234(.)5(.*)", Pattern.DOTALL);

  /** Decimal sign and group sign; the first of several that a column fits is taken. */
  private static final List<String> PAIRS =
      List.of(".,", ",.", ", ", ",\u00a0", ",\u202f", ". ", ".'", ".’");

  static NumberNotation parse(String text) {
    Matcher of = TEXT.matcher(text);
    if (!of.matches()) {
      throw new IllegalArgumentException("not a notation of numbers: " + text);
    }
    return new NumberNotation(
        of.group(3).charAt(0), of.group(2).charAt(0), of.group(1), of.group(4));
  }

  @Override
  public String text() {
    return prefix + "1" + group + "234" + decimal + "5" + suffix;
  }

  /** The notations that a cell with such signs may have. */
  static List<Notation> candidates(char[] c, int from, int to) {
    String cell = new String(c, from, to - from);
    String prefix = "";
    String suffix = "";
    int first = 0;
    while (first < cell.length() && "(-− ".indexOf(cell.charAt(first)) >= 0) {
      first++;
    }
    if (first < cell.length() && CURRENCIES.indexOf(cell.charAt(first)) >= 0) {
      prefix = cell.substring(first, first + 1);
    }
    String bare = cell.endsWith(")") ? cell.substring(0, cell.length() - 1) : cell;
    if (!bare.isEmpty() && (CURRENCIES + "%").indexOf(bare.charAt(bare.length() - 1)) >= 0) {
      suffix = bare.substring(bare.length() - 1);
    }
    List<Notation> all = new ArrayList<>();
    for (String pair : PAIRS) {
      all.add(new NumberNotation(pair.charAt(0), pair.charAt(1), prefix, suffix));
    }
    return all;
  }

  /** Whether a thousand and a fraction look the other way round in the other. */
  boolean contradicts(NumberNotation other) {
    return decimal != other.decimal;
  }

  @Override
  public int plain(char[] c, int start, int stop, char[] out) {
    int from = start;
    int to = stop;
    int length = 0;
    boolean brackets = to - from > 2 && c[from] == '(' && c[to - 1] == ')';
    if (brackets) {
      from++;
      to--;
    }
    boolean minus = isMinus(c, from, to);
    if (minus) {
      from++;
    }
    if (!prefix.isEmpty()) {
      if (from >= to || c[from] != prefix.charAt(0)) {
        return -1;
      }
      from = blanks(c, from + 1, to);
      if (!minus && isMinus(c, from, to)) {
        minus = true;
        from++;
      }
    }
    if (!suffix.isEmpty()) {
      if (from >= to || c[to - 1] != suffix.charAt(0)) {
        return -1;
      }
      to--;
      while (to > from && isBlank(c[to - 1])) {
        to--;
      }
    }
    if (from >= to || to - from > LONGEST || (brackets && minus)) {
      return -1;
    }
    if (minus || brackets) {
      out[length++] = '-';
    }
    return digits(c, from, to, out, length);
  }

  private static boolean isMinus(char[] c, int from, int to) {
    return from < to && (c[from] == '-' || c[from] == '−');
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\u00a0' || c == '\u202f';
  }

  private static int blanks(char[] c, int from, int to) {
    int i = from;
    while (i < to && isBlank(c[i])) {
      i++;
    }
    return i;
  }

  private int digits(char[] c, int from, int to, char[] out, int written) {
    int length = written;
    int run = 0;
    boolean grouped = false;
    boolean fraction = false;
    for (int i = from; i < to; i++) {
      char ch = c[i];
      if (ch >= '0' && ch <= '9') {
        out[length++] = ch;
        run++;
      } else if (ch == group && !fraction) {
        boolean right = grouped ? run == 3 : run > 0 && run < 4 && c[from] != '0';
        if (!right) {
          return -1;
        }
        grouped = true;
        run = 0;
      } else if (ch == decimal && !fraction) {
        if (grouped && run != 3) {
          return -1;
        }
        fraction = true;
        run = 0;
        out[length++] = '.';
      } else {
        return -1;
      }
    }
    boolean whole = (grouped && !fraction) ? run == 3 : run > 0;
    return whole ? length : -1;
  }
}
