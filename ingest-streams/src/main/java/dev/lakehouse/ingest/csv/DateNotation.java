package dev.lakehouse.ingest.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Dates, with a time of day or not, in another order than year-month-day, or with slashes, dots or
 * the months' English names. Years have four digits.
 *
 * @param order {@code dmy}, {@code mdy} or {@code ymd}
 * @param separator between the numbers, or a blank where the month has its name
 */
record DateNotation(String order, char separator) implements Notation {
  /** A month that is named. */
  private static final char NAMED = ' ';

  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  /** Dots are for days first; slashes and dashes for either. */
  static final List<DateNotation> CANDIDATES =
      List.of(
          new DateNotation("dmy", '.'),
          new DateNotation("dmy", '/'),
          new DateNotation("mdy", '/'),
          new DateNotation("dmy", '-'),
          new DateNotation("mdy", '-'),
          new DateNotation("ymd", '/'),
          new DateNotation("ymd", '.'),
          new DateNotation("ymd", '-'),
          new DateNotation("dmy", NAMED),
          new DateNotation("mdy", NAMED));

  static DateNotation parse(String text) {
    boolean named = text.contains("mon");
    String order = text.replace("mon", "m").replaceAll("[^dmy]", "");
    return new DateNotation(order, named ? NAMED : text.charAt(1));
  }

  @Override
  public String text() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < order.length(); i++) {
      char part = order.charAt(i);
      parts.add(part == 'm' && separator == NAMED ? "mon" : String.valueOf(part));
    }
    return String.join(String.valueOf(separator), parts);
  }

  boolean contradicts(DateNotation other) {
    return !order.equals(other.order);
  }

  @Override
  public int plain(char[] c, int from, int to, char[] out) {
    if (to - from > LONGEST || to - from < 8) {
      return -1;
    }
    return new Scan(c, from, to).plain(this, out);
  }

  /** One cell, from left to right. */
  private static final class Scan {
    private final char[] c;
    private final int to;
    private int at;

    Scan(char[] c, int from, int to) {
      this.c = c;
      this.at = from;
      this.to = to;
    }

    int plain(DateNotation notation, char[] out) {
      int year = -1;
      int month = -1;
      int day = -1;
      for (int part = 0; part < 3; part++) {
        if (part > 0 && !separator(notation.separator)) {
          return -1;
        }
        switch (notation.order.charAt(part)) {
          case 'y' -> year = number(4, 4);
          case 'm' -> month = notation.separator == NAMED ? month() : number(1, 2);
          default -> day = number(1, 2);
        }
      }
      if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) {
        return -1;
      }
      int length = digits(out, 0, year, 4);
      out[length++] = '-';
      length = digits(out, length, month, 2);
      out[length++] = '-';
      length = digits(out, length, day, 2);
      return at == to ? length : time(out, length);
    }

    /** A named month is set apart by blanks, dashes, dots and commas. */
    private boolean separator(char wanted) {
      if (wanted != NAMED) {
        return at < to && c[at++] == wanted;
      }
      int begin = at;
      while (at < to && " -.,/".indexOf(c[at]) >= 0) {
        at++;
      }
      return at > begin && at - begin < 4;
    }

    private int number(int least, int most) {
      int value = 0;
      int begin = at;
      while (at < to && at - begin < most && c[at] >= '0' && c[at] <= '9') {
        value = value * 10 + (c[at++] - '0');
      }
      boolean goesOn = at < to && c[at] >= '0' && c[at] <= '9';
      return at - begin < least || goesOn ? -1 : value;
    }

    private int month() {
      int begin = at;
      while (at < to && Character.isLetter(c[at])) {
        at++;
      }
      String name = new String(c, begin, at - begin).toLowerCase(Locale.ROOT);
      for (int i = 0; i < MONTHS.size() && name.length() > 2; i++) {
        boolean abbreviated = name.length() == 3 || name.equals("sept");
        if (MONTHS.get(i).equals(name) || (abbreviated && MONTHS.get(i).startsWith(name))) {
          return i + 1;
        }
      }
      return -1;
    }

    private int time(char[] out, int written) {
      int begin = at;
      while (at < to && (c[at] == ' ' || c[at] == 'T' || c[at] == ',')) {
        at++;
      }
      int hour = number(1, 2);
      if (at == begin || hour < 0 || at >= to || c[at++] != ':') {
        return -1;
      }
      int minute = number(2, 2);
      int second = 0;
      int fraction = at;
      if (at < to && c[at] == ':') {
        at++;
        second = number(2, 2);
        fraction = at;
        if (at < to && c[at] == '.') {
          at++;
          while (at < to && c[at] >= '0' && c[at] <= '9') {
            at++;
          }
        }
      }
      int fractionEnd = at;
      hour = half(hour);
      if (hour < 0 || minute < 0 || second < 0) {
        return -1;
      }
      int length = written;
      out[length++] = 'T';
      length = digits(out, length, hour, 2);
      out[length++] = ':';
      length = digits(out, length, minute, 2);
      out[length++] = ':';
      length = digits(out, length, second, 2);
      System.arraycopy(c, fraction, out, length, fractionEnd - fraction);
      return zone(out, length + fractionEnd - fraction);
    }

    /** The hour of the day, by what says which half of it is meant. */
    private int half(int hour) {
      int begin = at;
      while (at < to && c[at] == ' ') {
        at++;
      }
      boolean marked = at + 1 < to && (c[at + 1] == 'M' || c[at + 1] == 'm');
      char half = marked ? Character.toUpperCase(c[at]) : ' ';
      if (half != 'A' && half != 'P') {
        at = begin;
        return hour;
      }
      at += 2;
      return hour < 1 || hour > 12 ? -1 : hour % 12 + (half == 'P' ? 12 : 0);
    }

    private int zone(char[] out, int written) {
      while (at < to && c[at] == ' ') {
        at++;
      }
      if (at == to) {
        return written;
      }
      String zone = new String(c, at, to - at);
      String plain = zone.equals("UTC") || zone.equals("GMT") ? "Z" : zone;
      plain.getChars(0, plain.length(), out, written);
      return plain.length() > 6 ? -1 : written + plain.length();
    }

    private static int digits(char[] out, int at, int value, int count) {
      int rest = value;
      for (int i = at + count - 1; i >= at; i--) {
        out[i] = (char) ('0' + rest % 10);
        rest /= 10;
      }
      return at + count;
    }
  }
}
