package dev.lakehouse.query.engine;

import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Keeps what comes to the Java heap small. The driver copies a chunk of rows at a time, whole, so
 * DuckDB itself looks at the size of each value and of the rows that may share a chunk, and ends
 * the query where they are too large.
 */
final class DuckBounds {
  /** Most rows that the driver copies at once. */
  static final int CHUNK = 2048;

  private static final String MARK = "lakehouse-bound:";
  private static final Pattern CELL =
      Pattern.compile("^Invalid Input Error: " + MARK + "(\\d+):(\\d+)$");
  private static final Pattern ROWS = Pattern.compile("^Invalid Input Error: " + MARK + "rows$");

  private final List<Rows.Column> columns = new ArrayList<>();
  private final List<String> types = new ArrayList<>();
  private final long mostOfCell;

  /**
   * @param result of the query
   * @param mostOfCell in bytes; rows of a chunk may have twice as much together
   */
  DuckBounds(ResultSetMetaData result, long mostOfCell) throws SQLException {
    this.mostOfCell = mostOfCell;
    for (int i = 1; i <= result.getColumnCount(); i++) {
      String type = result.getColumnTypeName(i);
      types.add(type.strip());
      columns.add(new Rows.Column(result.getColumnLabel(i), DuckTypes.name(type)));
    }
  }

  List<Rows.Column> columns() {
    return columns;
  }

  /** Whether the query can be run as it is. */
  boolean areSmall() {
    return types.stream().allMatch(DuckWeights::isSmall);
  }

  /** The query with its bounds. */
  String around(String query) {
    List<Integer> large =
        IntStream.range(0, types.size())
            .filter(i -> !DuckWeights.isSmall(types.get(i)))
            .boxed()
            .toList();
    String weights =
        large.stream()
            .map(i -> DuckWeights.of(types.get(i), "c" + i) + " AS w" + i)
            .collect(Collectors.joining(", "));
    String sum =
        large.stream()
            .map(
                i ->
                    "CASE WHEN w"
                        + i
                        + (" > " + mostOfCell + " THEN error('" + MARK + i + ":' || w" + i)
                        + (") ELSE w" + i + " END"))
            .collect(Collectors.joining(" + "));
    int first = large.get(0);
    String out =
        IntStream.range(0, types.size())
            .mapToObj(
                i ->
                    i == first
                        ? "CASE WHEN r - lag(r, "
                            + (CHUNK + ", 0) OVER () > " + 2 * mostOfCell)
                            + (" THEN error('" + MARK + "rows') ELSE c" + i + " END AS c" + i)
                        : "c" + i)
            .collect(Collectors.joining(", "));
    return "SELECT "
        + (out + " FROM (SELECT *, sum(" + sum + ") OVER (ROWS UNBOUNDED PRECEDING) AS r")
        + (" FROM (SELECT *, " + weights + " FROM " + named(query) + "))");
  }

  /** A query of one row that fails where this one does, and else says nothing. */
  String reason(String query) {
    return "SELECT max(hash(" + names() + ")) FROM " + named(areSmall() ? query : around(query));
  }

  private String named(String query) {
    return "(" + query + ") AS q(" + names() + ")";
  }

  private String names() {
    return IntStream.range(0, types.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
  }

  /** What the failure of a bound means to the caller; empty for any other failure. */
  Optional<ProblemException> problem(SQLException e) {
    String line = DuckErrors.firstLine(e);
    Matcher cell = CELL.matcher(line);
    if (cell.matches()) {
      String column = columns.get(Integer.parseInt(cell.group(1))).name();
      return Optional.of(
          Problem.of(
                  400,
                  "cell_too_large",
                  "A value is too large",
                  "a value of column '"
                      + column
                      + "' takes "
                      + cell.group(2)
                      + " bytes, more than the "
                      + mostOfCell
                      + " of query.max_cell")
              .hint("select a part of it, such as substring(…) or a filtered list, or its length")
              .with("columnName", column)
              .with("bytes", Long.parseLong(cell.group(2)))
              .with("most", mostOfCell)
              .toException());
    }
    return ROWS.matcher(line).matches()
        ? Optional.of(
            Problem.of(
                    400,
                    "rows_too_large",
                    "The rows are too large",
                    "up to "
                        + CHUNK
                        + " rows are sent at once, and here they take more than "
                        + 2 * mostOfCell
                        + " bytes, twice query.max_cell")
                .hint("select fewer of the wide columns, parts of them, or fewer rows (limit)")
                .with("most", 2 * mostOfCell)
                .toException())
        : Optional.empty();
  }
}
