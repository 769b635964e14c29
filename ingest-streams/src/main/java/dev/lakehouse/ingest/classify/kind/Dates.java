package dev.lakehouse.ingest.classify.kind;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates as people and programs write them. */
final class Dates {
  private static final Pattern ISO =
      Pattern.compile("(\\d{4})(?:[-/]|\\. ?)(\\d{1,2})(?:[-/]|\\. ?)(\\d{1,2})\\.?([T ]\\d.*)?");
  private static final Pattern DAY_FIRST =
      Pattern.compile(
          "(\\d{1,2})(?:[-/ ]|\\. ?)(\\d{1,2})(?:[-/ ]|\\. ?)(\\d{4}|\\d{2})\\.?(,? \\d{1,2}:.*)?");
  private static final Pattern COMPACT = Pattern.compile("((?:19|20)\\d{2})(\\d{2})(\\d{2})");
  private static final Pattern WORDED =
      Pattern.compile(
          "(?:\\p{L}{2,10},? )?(?:(\\d{1,2})(?:st|nd|rd|th|\\.)?[-/ ]*(?:of |de"
              + " )?(\\p{L}{3,10})\\.?|(\\p{L}{3,10})\\.? (\\d{1,2})(?:st|nd|rd|th)?),?[-/ ]*(?:de"
              + " )?(\\d{4}|\\d{2})");
  private static final Pattern HAN =
      Pattern.compile("(\\d{4})[年년] ?(\\d{1,2})[月월] ?(\\d{1,2})[日일]");

  /** Years of Japan's eras, and of Taiwan's. */
  private static final Pattern ERA =
      Pattern.compile("(明治|大正|昭和|平成|令和|民國|民国) ?(\\d{1,3}|元)年 ?(\\d{1,2})月 ?(\\d{1,2})日");

  /** The years before the first of each. */
  private static final Map<String, Integer> ERAS =
      Map.of("明治", 1867, "大正", 1911, "昭和", 1925, "平成", 1988, "令和", 2018, "民國", 1911, "民国", 1911);

  /** Years of the Buddhist era that are told as such, and how far it is ahead. */
  private static final int FIRST_BUDDHIST = 2400;

  private static final int LAST_BUDDHIST = 2600;
  private static final int BUDDHIST_AHEAD = 543;
  private static final List<String> MONTHS =
      List.of(
          "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mai",
          "juin", "juil", "aou", "okt", "dez", "maj", "mar", "ene", "abr", "ago", "dic", "gen",
          "mag", "giu", "lug", "set", "ott", "fev", "out", "mrt", "mei", "des", "fevr", "avr");

  /** That the last number is a year, as it is said behind it in some countries. */
  private static final Pattern YEAR_SAID =
      Pattern.compile("(?<=\\d{4}) ?(?:r\\.?|г\\.?(?: ?р\\.)?|р\\.|g\\.|m\\.|kl\\.?|년생?|年生まれ|生)$");

  private Dates() {}

  /** The year of a date, 0 if the text is none. */
  static int year(String given) {
    String value = YEAR_SAID.matcher(given).replaceFirst("");
    int length = value.length();
    if (length < 6 || length > 40) {
      return 0;
    }
    Matcher iso = ISO.matcher(value);
    if (iso.matches()) {
      return checked(number(iso, 1), number(iso, 2), number(iso, 3));
    }
    Matcher day = DAY_FIRST.matcher(value);
    if (day.matches()) {
      int first = number(day, 1);
      int second = number(day, 2);
      int year = full(number(day, 3), day.group(3).length());
      return Math.max(checked(year, first, second), checked(year, second, first));
    }
    Matcher compact = length == 8 ? COMPACT.matcher(value) : HAN.matcher(value);
    if (compact.matches()) {
      return checked(number(compact, 1), number(compact, 2), number(compact, 3));
    }
    Matcher era = ERA.matcher(value);
    if (era.matches()) {
      int count = era.group(2).equals("元") ? 1 : number(era, 2);
      return checked(ERAS.getOrDefault(era.group(1), 0) + count, number(era, 3), number(era, 4));
    }
    Matcher worded = WORDED.matcher(value);
    if (worded.matches()) {
      String month = worded.group(2) == null ? worded.group(3) : worded.group(2);
      String short3 = Words.fold(month).toLowerCase(Locale.ROOT);
      if (MONTHS.stream().anyMatch(short3::startsWith)) {
        return full(number(worded, 5), worded.group(5).length());
      }
    }
    return 0;
  }

  static boolean hasTime(String value) {
    return value.indexOf(':') > 0;
  }

  private static int full(int year, int digits) {
    return digits == 4 ? year : year > 30 ? 1900 + year : 2000 + year;
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static int checked(int given, int month, int day) {
    int year = given >= FIRST_BUDDHIST && given <= LAST_BUDDHIST ? given - BUDDHIST_AHEAD : given;
    return year >= 1000 && year <= 2200 && CheckDigits.isDay(year, month, day) ? year : 0;
  }
}
