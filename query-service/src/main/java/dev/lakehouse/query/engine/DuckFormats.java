package dev.lakehouse.query.engine;

import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlNode;

/** The formats of {@code date_format}, MySQL's as in Trino, as those of DuckDB's strftime. */
final class DuckFormats {
  private static final Map<Character, String> CODES =
      Map.ofEntries(
          Map.entry('a', "%a"),
          Map.entry('b', "%b"),
          Map.entry('c', "%-m"),
          Map.entry('d', "%d"),
          Map.entry('e', "%-d"),
          Map.entry('f', "%f"),
          Map.entry('H', "%H"),
          Map.entry('h', "%I"),
          Map.entry('I', "%I"),
          Map.entry('i', "%M"),
          Map.entry('j', "%j"),
          Map.entry('k', "%-H"),
          Map.entry('l', "%-I"),
          Map.entry('M', "%B"),
          Map.entry('m', "%m"),
          Map.entry('p', "%p"),
          Map.entry('S', "%S"),
          Map.entry('s', "%S"),
          Map.entry('T', "%H:%M:%S"),
          Map.entry('W', "%A"),
          Map.entry('Y', "%Y"),
          Map.entry('y', "%y"),
          Map.entry('%', "%%"));

  private static final Pattern CODE = Pattern.compile("%(.?)", Pattern.DOTALL);

  private DuckFormats() {}

  /**
   * @throws ProblemException {@code sql_failed} if it is no text, or has a code that is not known
   */
  static String strftime(SqlNode format) {
    if (!(format instanceof SqlCharStringLiteral literal)) {
      throw failed("the format of date_format is a text");
    }
    return CODE.matcher(literal.getValueAs(String.class))
        .replaceAll(
            code -> {
              String known = code.group(1).isEmpty() ? null : CODES.get(code.group(1).charAt(0));
              if (known == null) {
                throw failed("date_format does not know " + code.group());
              }
              return Matcher.quoteReplacement(known);
            });
  }

  private static ProblemException failed(String detail) {
    return Problem.of(400, "sql_failed", "The query failed", detail).toException();
  }
}
