package dev.lakehouse.ingest.csv;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an uploader says of a file: {@code delimiter}, {@code quote}, {@code header} and {@code
 * encoding}. What it does not say is found out.
 *
 * @param values option → value, in the options' order
 */
public record CsvOptions(Map<String, String> values) {
  public static final String DELIMITER = "delimiter";
  public static final String QUOTE = "quote";
  public static final String HEADER = "header";
  public static final String ENCODING = "encoding";

  /** Every option there is. */
  public static final Set<String> NAMES = Set.of(DELIMITER, QUOTE, HEADER, ENCODING);

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

  /**
   * @throws IllegalArgumentException if an option is unknown or its value cannot be used; the
   *     message says which and why
   */
  public CsvOptions {
    values = new TreeMap<>(values);
    values.forEach(CsvOptions::check);
  }

  private static void check(String option, String value) {
    switch (option) {
      case DELIMITER, QUOTE -> character(option, value);
      case HEADER -> {
        if (!value.equals("true") && !value.equals("false")) {
          throw new IllegalArgumentException("header is '" + value + "', not true or false");
        }
      }
      case ENCODING -> encoding(value);
      default ->
          throw new IllegalArgumentException(
              "'" + option + "' is not an option; there are delimiter, quote, header, encoding");
    }
  }

  private static char character(String option, String value) {
    String one =
        switch (value) {
          case "\\t", "tab", "TAB" -> "\t";
          default -> value;
        };
    if (one.length() != 1 || one.equals("\n") || one.equals("\r")) {
      throw new IllegalArgumentException(
          option + " is '" + value + "', not one character (a tab may be written as tab)");
    }
    return one.charAt(0);
  }

  private static Charset encoding(String value) {
    try {
      return Charset.forName(value);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "encoding is '" + value + "', which is not known; UTF-8 and windows-1252 are, say", e);
    }
  }

  Optional<Character> delimiter() {
    return Optional.ofNullable(values.get(DELIMITER)).map(value -> character(DELIMITER, value));
  }

  char quote() {
    return Optional.ofNullable(values.get(QUOTE)).map(value -> character(QUOTE, value)).orElse('"');
  }

  Optional<Boolean> header() {
    return Optional.ofNullable(values.get(HEADER)).map(Boolean::valueOf);
  }

  Optional<Charset> encoding() {
    return Optional.ofNullable(values.get(ENCODING)).map(CsvOptions::encoding);
  }
}
