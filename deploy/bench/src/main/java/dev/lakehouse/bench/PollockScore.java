package dev.lakehouse.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The Pollock benchmark's measure of one file: 1 for being read at all, and precision, recall and
 * F1 of its names, its records and its cells; 10 in all. Cells are compared as the benchmark does,
 * numbers by value and texts without regard to case, but that dates are compared as texts: here
 * nobody is asked to convert them.
 */
final class PollockScore {
  private static final Pattern INTEGER = Pattern.compile("[-+]?\\d{1,18}");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.\\d*|\\.\\d+|\\d+)([eE][-+]?\\d+)?");

  private PollockScore() {}

  /**
   * The score.
   *
   * @param clean the rows as they should be, the header first
   * @param read the rows as a system has them; empty if it refused the file
   * @return 0 to 10
   */
  static double of(List<List<String>> clean, Optional<List<List<String>>> read) {
    if (read.isEmpty()) {
      return 0;
    } else if (clean.isEmpty()) {
      return 10;
    }
    List<List<String>> rows = read.get();
    return 1
        + measure(header(clean), header(rows))
        + measure(records(clean), records(rows))
        + measure(clean.stream().flatMap(List::stream).toList(), cells(rows));
  }

  private static List<String> header(List<List<String>> rows) {
    return rows.stream().limit(1).flatMap(List::stream).map(PollockScore::normal).toList();
  }

  private static List<String> records(List<List<String>> rows) {
    return rows.stream()
        .skip(1)
        .map(row -> String.join("", row.stream().map(PollockScore::normal).toList()))
        .toList();
  }

  private static List<String> cells(List<List<String>> rows) {
    List<String> cells = new ArrayList<>();
    rows.forEach(cells::addAll);
    return cells;
  }

  private static double measure(List<String> clean, List<String> read) {
    if (clean.isEmpty()) {
      return 3;
    }
    Map<String, Integer> left = new HashMap<>();
    clean.forEach(each -> left.merge(each, 1, Integer::sum));
    double found = read.stream().filter(each -> left.merge(each, -1, Integer::sum) >= 0).count();
    if (found == 0) {
      return 0;
    }
    double one = found / clean.size();
    double other = found / read.size();
    return one + other + 2 * one * other / (one + other);
  }

  private static String normal(String cell) {
    String text = cell.strip();
    if (INTEGER.matcher(text).matches()) {
      return Long.toString(Long.parseLong(text));
    } else if (NUMBER.matcher(text).matches()) {
      return Double.toString(Double.parseDouble(text));
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
