package dev.lakehouse.query.engine;

import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** The units of {@code date_add}, and DuckDB's functions that make intervals of them. */
final class DuckIntervals {
  private static final Map<String, String> MAKERS =
      Map.of(
          "year", "to_years",
          "quarter", "to_quarters",
          "month", "to_months",
          "week", "to_weeks",
          "day", "to_days",
          "hour", "to_hours",
          "minute", "to_minutes",
          "second", "to_seconds",
          "millisecond", "to_milliseconds");

  private static final Set<String> WHOLE_DAYS = Set.of("year", "quarter", "month", "week", "day");

  private DuckIntervals() {}

  static boolean isWholeDays(SqlNode unit) {
    String name = text(unit);
    return name != null && WHOLE_DAYS.contains(name);
  }

  /**
   * The function that makes an interval of a number of units.
   *
   * @throws ProblemException {@code sql_failed} if it is no unit
   */
  static String maker(SqlNode unit) {
    String name = text(unit);
    String maker = name == null ? null : MAKERS.get(name);
    if (maker == null) {
      throw Problem.of(
              400,
              "sql_failed",
              "The query failed",
              "the unit of date_add is a text, one of "
                  + String.join(", ", new TreeSet<>(MAKERS.keySet())))
          .toException();
    }
    return maker;
  }

  private static @Nullable String text(SqlNode unit) {
    return unit instanceof SqlCharStringLiteral literal
        ? literal.getValueAs(String.class).toLowerCase(Locale.ROOT)
        : null;
  }
}
