package dev.lakehouse.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.local.client.Answers;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A question about the shipped data.
 *
 * @param rows the answer, worked out from the files without this program
 */
record Question(String title, String sql, List<List<@Nullable String>> rows) {
  private static final BigDecimal TOLERANCE = new BigDecimal("0.000001");

  /** Whether a result says the same, numbers by value and everything else by text. */
  boolean isAnsweredBy(Answers.Result result) {
    return result.rows().size() == rows.size()
        && IntStream.range(0, rows.size())
            .allMatch(row -> isSame(rows.get(row), result.rows().get(row)));
  }

  private static boolean isSame(List<@Nullable String> expected, List<JsonNode> found) {
    return expected.size() == found.size()
        && IntStream.range(0, expected.size())
            .allMatch(cell -> isSame(expected.get(cell), found.get(cell)));
  }

  private static boolean isSame(@Nullable String expected, JsonNode found) {
    if (expected == null || found.isNull()) {
      return expected == null && found.isNull();
    }
    String text = found.asText();
    if (expected.equals(text)) {
      return true;
    }
    try {
      return new BigDecimal(expected).subtract(new BigDecimal(text)).abs().compareTo(TOLERANCE) < 0;
    } catch (NumberFormatException notNumbers) {
      return false;
    }
  }
}
