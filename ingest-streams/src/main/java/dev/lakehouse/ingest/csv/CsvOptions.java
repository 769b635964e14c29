package dev.lakehouse.ingest.csv;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an uploader says of a CSV file. What it does not say is found out.
 *
 * @param values option → value, in the options' order
 */
record CsvOptions(Map<String, String> values) {
  private static final String DELIMITER = "delimiter";
  private static final String QUOTE = "quote";
  private static final String ESCAPE = "escape";
  private static final String COMMENT = "comment";
  private static final String HEADER = "header";
  private static final String ENCODING = "encoding";
  private static final String SKIP = "skip";
  private static final String FOOTER = "footer";
  private static final String RAGGED = "ragged";
  private static final String NULLS = "null";
  private static final String DATES = "dates";
  private static final String DECIMAL = "decimal";

  private static final int LONGEST_DELIMITER = 8;
  private static final int MOST_HEADER_ROWS = 20;
  private static final int MOST_SKIPPED = 100_000;

  /** Every option there is. */
  static final Set<String> NAMES =
      Set.of(
          DELIMITER, QUOTE, ESCAPE, COMMENT, HEADER, ENCODING, SKIP, FOOTER, RAGGED, NULLS, DATES,
          DECIMAL);

  /**
   * @throws IllegalArgumentException if a value cannot be used; the message says which and why
   */
  CsvOptions {
    values = new TreeMap<>(values);
    values.forEach(CsvOptions::check);
  }

  /**
   * What of these options is about CSV.
   *
   * @throws IllegalArgumentException if a value cannot be used; the message says which and why
   */
  static CsvOptions of(Map<String, String> options) {
    Map<String, String> own = new TreeMap<>(options);
    own.keySet().retainAll(NAMES);
    return new CsvOptions(own);
  }

  /** The same with this delimiter, which the file's own first line says, where none was said. */
  CsvOptions unlessSaid(String delimiter) {
    Map<String, String> more = new TreeMap<>(values);
    more.putIfAbsent(DELIMITER, delimiter);
    more.putIfAbsent(SKIP, "1");
    return new CsvOptions(more);
  }

  private static void check(String option, String value) {
    switch (option) {
      case DELIMITER -> delimiter(value);
      case QUOTE, ESCAPE, COMMENT -> mark(option, value);
      case HEADER -> headerRows(value);
      case ENCODING -> encoding(value);
      case SKIP, FOOTER -> count(option, value, MOST_SKIPPED);
      case RAGGED -> oneOf(option, value, "quarantine", "pad");
      case DATES -> oneOf(option, value, "dmy", "mdy");
      case DECIMAL -> oneOf(option, value, ".", ",");
      default -> {}
    }
  }

  private static void oneOf(String option, String value, String one, String other) {
    if (!value.equals(one) && !value.equals(other)) {
      throw new IllegalArgumentException(
          option + " is '" + value + "', not " + one + " or " + other);
    }
  }

  private static String delimiter(String value) {
    String plain =
        switch (value) {
          case "\\t", "tab", "TAB" -> "\t";
          case "space" -> " ";
          default -> value;
        };
    if (plain.length() > LONGEST_DELIMITER
        || plain.indexOf('\n') >= 0
        || plain.indexOf('\r') >= 0) {
      throw new IllegalArgumentException(
          "delimiter is '"
              + value
              + "', not one to "
              + LONGEST_DELIMITER
              + " characters of one line (a tab may be written as tab)");
    }
    return plain;
  }

  private static String mark(String option, String value) {
    if (value.equals("none")) {
      return "";
    } else if (value.length() != 1 || value.equals("\n") || value.equals("\r")) {
      throw new IllegalArgumentException(option + " is '" + value + "', not one character or none");
    }
    return value;
  }

  private static int headerRows(String value) {
    return switch (value) {
      case "true" -> 1;
      case "false" -> 0;
      default -> count(HEADER, value, MOST_HEADER_ROWS);
    };
  }

  private static int count(String option, String value, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        option
            + " is '"
            + value
            + "', not "
            + (option.equals(HEADER) ? "true, false or " : "")
            + "a number from 0 to "
            + most);
  }

  private static Charset encoding(String value) {
    try {
      return Charset.forName(value);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "encoding is '" + value + "', which is not known; UTF-8 and windows-1252 are, say", e);
    }
  }

  private Optional<String> said(String option) {
    return Optional.ofNullable(values.get(option));
  }

  Optional<String> delimiter() {
    return said(DELIMITER).map(CsvOptions::delimiter);
  }

  Optional<String> quote() {
    return said(QUOTE).map(value -> mark(QUOTE, value));
  }

  Optional<String> escape() {
    return said(ESCAPE).map(value -> mark(ESCAPE, value));
  }

  String comment() {
    return said(COMMENT).map(value -> mark(COMMENT, value)).orElse("");
  }

  Optional<Integer> headerRows() {
    return said(HEADER).map(CsvOptions::headerRows);
  }

  Optional<Charset> encoding() {
    return said(ENCODING).map(CsvOptions::encoding);
  }

  Optional<Integer> skip() {
    return said(SKIP).map(value -> count(SKIP, value, MOST_SKIPPED));
  }

  Optional<Integer> footer() {
    return said(FOOTER).map(value -> count(FOOTER, value, MOST_SKIPPED));
  }

  boolean pad() {
    return said(RAGGED).filter("pad"::equals).isPresent();
  }

  List<String> nulls() {
    return said(NULLS).map(value -> List.of(value.split(",", -1))).orElse(List.of());
  }

  Optional<Boolean> dayFirst() {
    return said(DATES).map("dmy"::equals);
  }

  Optional<Character> decimal() {
    return said(DECIMAL).map(value -> value.charAt(0));
  }
}
