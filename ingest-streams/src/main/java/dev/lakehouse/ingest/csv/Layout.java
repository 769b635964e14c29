package dev.lakehouse.ingest.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where in a file its table is.
 *
 * @param preamble how many records are before it
 * @param headerRows how many of its records name the columns
 * @param trailing whether each of its rows ends with a delimiter that separates nothing
 */
record Layout(int preamble, int headerRows, int columns, boolean trailing) {
  private static final int MOST_HEADER_ROWS = 5;
  private static final double MOSTLY = 0.8;
  private static final Pattern YEAR = Pattern.compile("(1[89]|20|21)\\d\\d");
  private static final int LONGEST_NAME = 119;
  private static final Pattern NO_NAME = Pattern.compile("\\S+@\\S+\\.\\S+|[a-z]+://.*");

  static Layout of(List<SampleRow> rows, CsvOptions options) {
    List<SampleRow> all = new ArrayList<>(rows);
    int preamble = options.skip().orElse(0);
    List<SampleRow> table = all.subList(Math.min(preamble, all.size()), all.size());
    int width = width(table);
    boolean trailing = isTrailing(table, width);
    int columns = trailing ? width - 1 : width;
    if (options.skip().isEmpty()) {
      preamble = preamble(table, width, columns);
      table = all.subList(preamble, all.size());
    }
    List<SampleRow> body = table;
    int header = options.headerRows().orElseGet(() -> headerRows(body, columns));
    int named = header > 0 && !body.isEmpty() ? body.get(0).width() : 0;
    return new Layout(
        preamble, header, options.pad() ? Math.max(columns, named) : columns, trailing);
  }

  /** The width that most rows have; the wider one of equals. */
  private static int width(List<SampleRow> rows) {
    Map<Integer, Integer> widths = new HashMap<>();
    rows.forEach(row -> widths.merge(row.width(), 1, Integer::sum));
    int best = 1;
    double most = 0;
    for (Map.Entry<Integer, Integer> width : widths.entrySet()) {
      double score = width.getValue() * (width.getKey() == 1 ? 0.4 : 1 + width.getKey() * 1e-4);
      if (score > most) {
        most = score;
        best = width.getKey();
      }
    }
    return Math.max(1, best);
  }

  private static boolean isTrailing(List<SampleRow> rows, int width) {
    List<SampleRow> wide = rows.stream().filter(row -> row.width() == width).toList();
    return width > 1 && wide.size() > 1 && wide.stream().allMatch(SampleRow::lastIsEmpty);
  }

  private static int preamble(List<SampleRow> rows, int width, int columns) {
    int first = 0;
    while (first < rows.size() && !isOfTable(rows.get(first), width)) {
      first++;
    }
    if (first == rows.size()) {
      return 0;
    }
    return first > 0
            && isOtherHeader(rows.get(first - 1), columns)
            && !isHeader(rows.get(first), rows.subList(first, rows.size()))
        ? first - 1
        : first;
  }

  /** Whether a row names columns, if not as many as there are: one fewer, or any number more. */
  private static boolean isOtherHeader(SampleRow row, int columns) {
    return row.width() >= columns - 1
        && row.width() > 1
        && row.filled() > 1
        && row.filled() >= columns - 1
        && isHeader(row, List.of());
  }

  /** Titles fill one cell of a wide row; rows of a table more. */
  private static boolean isOfTable(SampleRow row, int width) {
    return row.width() == width && (width < 3 || row.filled() > 1);
  }

  private static int headerRows(List<SampleRow> rows, int columns) {
    if (rows.isEmpty()) {
      return 1;
    }
    List<Boolean> typed = typed(rows, columns);
    int header = 0;
    while (header < Math.min(MOST_HEADER_ROWS, rows.size() - 1)
        && namesTyped(rows.get(header), typed, header == 0 ? 1 : 2)) {
      header++;
    }
    if (header == MOST_HEADER_ROWS) {
      header = 1;
    }
    return header > 0 ? header : isHeader(rows.get(0), rows) ? 1 : 0;
  }

  /** Which columns hold numbers, dates and the like, as their later rows say. */
  private static List<Boolean> typed(List<SampleRow> rows, int columns) {
    List<SampleRow> later = rows.subList(Math.min(rows.size() / 2, MOST_HEADER_ROWS), rows.size());
    List<Boolean> typed = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      int filled = 0;
      int values = 0;
      for (SampleRow row : later) {
        if (row.width() >= columns && !isNothing(row.cells().get(c))) {
          filled++;
          values += CellText.isValue(row.cells().get(c)) ? 1 : 0;
        }
      }
      typed.add(filled > 0 && values >= filled * MOSTLY);
    }
    return typed;
  }

  private static boolean isNothing(String cell) {
    return cell.isBlank() || NullNotation.USUAL.is(cell.strip());
  }

  /** Whether the row has words, and nothing but words, where the columns have values. */
  private static boolean namesTyped(SampleRow row, List<Boolean> typed, int least) {
    int words = 0;
    for (int c = 0; c < Math.min(row.width(), typed.size()); c++) {
      String cell = row.cells().get(c).strip();
      if (typed.get(c) && CellText.isValue(cell)) {
        return false;
      } else if (typed.get(c) && !isNothing(cell)) {
        words++;
      }
    }
    return words >= least;
  }

  /**
   * Whether a row can name columns: none of its cells is a value, years behind a first name apart,
   * or something that names nothing; and no third of them comes again in its column.
   */
  private static boolean isHeader(SampleRow row, List<SampleRow> rows) {
    for (int i = 0; i < row.width(); i++) {
      String cell = row.cells().get(i).strip();
      boolean year =
          i > 0
              && (YEAR.matcher(cell).matches() || (CellText.isDate(cell) && numbers(rows, row, i)));
      boolean named = cell.length() <= LONGEST_NAME && !NO_NAME.matcher(cell).matches();
      if (!cell.isEmpty() && !year && (!named || CellText.isValue(cell))) {
        return false;
      }
    }
    return row.filled() > 0 && !comesAgain(row, rows);
  }

  /** Whether below a date there is a number: a name, as of a column for each day. */
  private static boolean numbers(List<SampleRow> rows, SampleRow row, int column) {
    return rows.stream()
        .filter(other -> other.width() > column && !other.cells().equals(row.cells()))
        .map(other -> other.cells().get(column).strip())
        .filter(cell -> !isNothing(cell))
        .findFirst()
        .map(cell -> CellText.isValue(cell) && !CellText.isDate(cell))
        .orElse(false);
  }

  private static boolean comesAgain(SampleRow row, List<SampleRow> rows) {
    if (rows.size() < 4) {
      return false;
    }
    int again = 0;
    for (int i = 0; i < row.width(); i++) {
      int column = i;
      String cell = row.cells().get(i).strip().toLowerCase(Locale.ROOT);
      boolean comes =
          rows.stream()
              .filter(other -> other.width() == row.width())
              .filter(other -> !other.cells().equals(row.cells()))
              .map(other -> other.cells().get(column).strip().toLowerCase(Locale.ROOT))
              .anyMatch(cell::equals);
      again += comes && !cell.isEmpty() ? 1 : 0;
    }
    return again * 3 >= row.width();
  }
}
