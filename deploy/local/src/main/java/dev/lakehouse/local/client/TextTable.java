package dev.lakehouse.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows as aligned text: numbers to the right, everything else to the left. */
public final class TextTable {
  private static final int WIDEST = 60;
  private static final Pattern NUMERIC =
      Pattern.compile(
          "(tiny|small|big|huge)?int(eger)?|long|float|double|real|(decimal|numeric).*");

  private final List<String> header;
  private final List<Boolean> right;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param right whether each column is aligned to the right
   */
  public TextTable(List<String> header, List<Boolean> right) {
    this.header = header;
    this.right = right;
  }

  /** A query's answer as a table. */
  public static TextTable of(Answers.Result result) {
    TextTable table =
        new TextTable(
            result.columns().stream().map(column -> shown(column.name())).toList(),
            result.columns().stream().map(column -> isNumeric(column.type())).toList());
    for (List<JsonNode> row : result.rows()) {
      table.add(row.stream().map(value -> shown(ResultFormat.text(value))).toList());
    }
    return table;
  }

  private static boolean isNumeric(String type) {
    return NUMERIC.matcher(type.toLowerCase(Locale.ROOT)).matches();
  }

  /** One line, without control characters, of bearable width. */
  public static String shown(String text) {
    String line = text.replace("\n", "⏎").replaceAll("\\p{Cntrl}", "·");
    int points = line.codePointCount(0, line.length());
    return points <= WIDEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, WIDEST - 1)) + "…";
  }

  /** Adds a row of as many cells as there are columns. */
  public void add(List<String> row) {
    rows.add(row);
  }

  @Override
  public String toString() {
    List<Integer> widths =
        IntStream.range(0, header.size())
            .mapToObj(
                column ->
                    Math.max(
                        width(header.get(column)),
                        rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0)))
            .toList();
    StringBuilder text = new StringBuilder();
    line(text, header, widths);
    text.append(widths.stream().map("─"::repeat).collect(Collectors.joining("  "))).append('\n');
    rows.forEach(row -> line(text, row, widths));
    return text.toString();
  }

  private void line(StringBuilder text, List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String padding = " ".repeat(widths.get(column) - width(cell));
      line.append(column == 0 ? "" : "  ")
          .append(right.get(column) ? padding + cell : cell + padding);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
