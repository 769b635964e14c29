package dev.lakehouse.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers of several engines made comparable. */
final class Answers {
  private Answers() {}

  /** The rows of an answer, in order if the statement gives one for all of them. */
  static List<String> rows(String sql, JsonNode answer) {
    return rows(answer, sql.contains("ORDER BY") && !sql.contains("OVER"));
  }

  /** The rows of an answer. */
  static List<String> rows(JsonNode answer, boolean ordered) {
    List<String> rows = new ArrayList<>();
    answer.get("rows").forEach(row -> rows.add(cell(row)));
    if (!ordered) {
      Collections.sort(rows);
    }
    return rows;
  }

  /** Numbers to ten digits: sums of doubles depend on the order that they are added in. */
  static String cell(JsonNode cell) {
    if (cell.isArray()) {
      List<String> each = new ArrayList<>();
      cell.forEach(element -> each.add(cell(element)));
      return each.toString();
    }
    if (cell.isObject()) {
      Map<String, String> each = new TreeMap<>();
      cell.properties().forEach(entry -> each.put(entry.getKey(), cell(entry.getValue())));
      return each.toString();
    }
    boolean number =
        cell.isNumber() || (cell.isTextual() && cell.asText().matches("-?\\d+(\\.\\d+)?"));
    return number
        ? (cell.isTextual() ? "text " : "")
            + new BigDecimal(cell.asText())
                .round(new MathContext(10))
                .stripTrailingZeros()
                .toPlainString()
        : cell.toString();
  }
}
