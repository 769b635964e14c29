package dev.lakehouse.query.trino;

import dev.lakehouse.query.trino.ValueType.Simple;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.jspecify.annotations.Nullable;

/** Functions of dates and times. */
final class TimeFunctions {
  private static final Set<String> WHOLE_DAYS = Set.of("year", "quarter", "month", "week", "day");
  private static final Set<String> UNITS =
      Set.of("year", "quarter", "month", "week", "day", "hour", "minute", "second", "millisecond");

  private TimeFunctions() {}

  static void addTo(Map<String, Writing> all) {
    for (String part :
        List.of(
            "year",
            "quarter",
            "month",
            "week",
            "day",
            "hour",
            "minute",
            "second",
            "day_of_week",
            "dow",
            "day_of_year",
            "doy")) {
      all.put(part, a -> part(part, a.count(1, 1).at(0), a));
    }
    all.put("extract", TimeFunctions::extract);
    all.put("date_part", TimeFunctions::datePart);
    all.put("dayname", a -> named("%W", a));
    all.put("monthname", a -> named("%M", a));
    all.put(
        "last_day",
        a -> Expr.of(Simple.DATE, "last_day_of_month(%)", shown(a.count(1, 1), 0).sql()));
    all.put("make_date", TimeFunctions::makeDate);
    all.put("date_trunc", TimeFunctions::truncated);
    all.put("date$diff", TimeFunctions::difference);
    all.put("date_add", TimeFunctions::moved);
    all.put("date_format", a -> formatted(a, Formats.mysql(a.count(2, 2).literal(1))));
    all.put("strftime", a -> formatted(a, Formats.strftime(a.count(2, 2).literal(1))));
    for (String name :
        List.of(
            "now",
            "current_timestamp",
            "current_date",
            "current_time",
            "localtime",
            "localtimestamp")) {
      all.put(name, a -> Objects.requireNonNull(clock(name)));
    }
    all.put("from_unixtime", TimeFunctions::fromSeconds);
    all.put("to_unixtime", TimeFunctions::toSeconds);
  }

  /** What the clock says under a name, or null if the name is another. */
  static @Nullable Expr clock(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "now", "current_timestamp" ->
          Expr.of(Simple.TIMESTAMPTZ, "CAST(current_timestamp AS TIMESTAMP(6) WITH TIME ZONE)");
      case "current_date" -> Expr.of(Simple.DATE, "current_date");
      case "current_time" -> Expr.of(Simple.TIMETZ, "CAST(current_time AS TIME(6) WITH TIME ZONE)");
      case "localtime" -> Expr.of(Simple.TIME, "CAST(localtime AS TIME(6))");
      case "localtimestamp" -> Expr.of(Simple.TIMESTAMP, "CAST(localtimestamp AS TIMESTAMP(6))");
      default -> null;
    };
  }

  private static Expr shown(Args a, int i) {
    return a.casts().shown(a.at(i), a.node(i));
  }

  private static Expr part(String part, Expr of, Args a) {
    Expr shown = a.casts().shown(of, a.call());
    boolean ofDay = Set.of("hour", "minute", "second").contains(part);
    if (ofDay && shown.is(Simple.DATE)) {
      shown = a.casts().moment(shown, a.call());
    }
    if (shown.type().isInterval()) {
      throw Refused.engine(part + " of an interval", a.call());
    }
    return Expr.of(Simple.BIGINT, part + "(%)", shown.sql());
  }

  private static Expr extract(Args a) {
    if (!(a.node(0) instanceof SqlIntervalQualifier qualifier)) {
      throw Refused.engine("this EXTRACT", a.call());
    }
    TimeUnit unit = qualifier.timeUnitRange.startUnit;
    Expr of = a.at(1);
    return switch (unit) {
      case DOW, ISODOW -> part("day_of_week", of, a);
      case DOY -> part("day_of_year", of, a);
      case ISOYEAR -> part("year_of_week", of, a);
      case EPOCH -> seconds(of, a);
      case DECADE -> Expr.of(Simple.BIGINT, "(% / 10)", part("year", of, a).sql());
      case YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND ->
          part(unit.name().toLowerCase(Locale.ROOT), of, a);
      default -> throw Refused.engine("extract(" + unit + " FROM …)", a.call());
    };
  }

  private static Expr datePart(Args a) {
    String part = a.count(2, 2).literal(0);
    String name = part == null ? "" : part.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "year", "quarter", "month", "week", "day", "hour", "minute", "second", "doy" ->
          part(name, a.at(1), a);
      case "isodow" -> part("day_of_week", a.at(1), a);
      case "dow" -> Expr.of(Simple.BIGINT, "mod(%, 7)", part("day_of_week", a.at(1), a).sql());
      case "epoch" -> seconds(a.at(1), a);
      default -> throw Refused.engine("this part of date_part", a.call());
    };
  }

  private static Expr named(String format, Args a) {
    return Expr.of(
        Simple.VARCHAR,
        "date_format(%, %)",
        a.casts().moment(shown(a.count(1, 1), 0), a.call()).sql(),
        Sql.text(format));
  }

  private static Expr makeDate(Args a) {
    return Expr.of(
        Simple.DATE,
        "CAST(format(%, %, %, %) AS DATE)",
        Sql.text("%04d-%02d-%02d"),
        a.count(3, 3).at(0).sql(),
        a.at(1).sql(),
        a.at(2).sql());
  }

  private static String unit(Args a) {
    String unit = a.literal(0);
    String name = unit == null ? "" : unit.toLowerCase(Locale.ROOT);
    if (!UNITS.contains(name)) {
      throw Refused.failed(
          "the unit of " + a.name() + " is a text, one of " + new TreeSet<>(UNITS));
    }
    return name;
  }

  private static Expr truncated(Args a) {
    String unit = unit(a.count(2, 2));
    return truncated(unit, a.at(1), a);
  }

  private static Expr truncated(String unit, Expr of, Args a) {
    if (of.is(Simple.TIMESTAMPTZ)) {
      return Expr.of(
          Simple.TIMESTAMPTZ,
          "CAST(date_trunc(%, at_timezone(%, %)) AS TIMESTAMP(6) WITH TIME ZONE)",
          Sql.text(unit),
          of.sql(),
          Sql.text(a.translation().zone()));
    }
    Expr shown = a.casts().shown(of, a.call());
    if (shown.is(Simple.DATE) && !WHOLE_DAYS.contains(unit)) {
      return shown;
    }
    return Expr.of(shown.type(), "date_trunc(%, %)", Sql.text(unit), shown.sql());
  }

  /** How many borders of the unit lie between; of weeks, how many times seven days. */
  private static Expr difference(Args a) {
    String unit = unit(a.count(3, 3));
    Expr from = a.casts().beside(a.at(1), Simple.TIMESTAMP, a.call());
    Expr to = a.casts().beside(a.at(2), Simple.TIMESTAMP, a.call());
    boolean dates = from.is(Simple.DATE) && to.is(Simple.DATE) && WHOLE_DAYS.contains(unit);
    if (!dates) {
      from = a.casts().moment(from, a.call());
      to = a.casts().moment(to, a.call());
    }
    boolean weeks = unit.equals("week");
    String counted = weeks ? "day" : unit;
    return Expr.of(
        Simple.BIGINT,
        weeks ? "(date_diff(%, %, %) / 7)" : "date_diff(%, %, %)",
        Sql.text(counted),
        truncated(counted, from, a).sql(),
        truncated(counted, to, a).sql());
  }

  private static Expr moved(Args a) {
    String unit = unit(a.count(3, 3));
    Expr of = a.casts().beside(a.at(2), Simple.TIMESTAMP, a.call());
    if (of.is(Simple.DATE) && !WHOLE_DAYS.contains(unit)) {
      of = a.casts().moment(of, a.call());
    }
    if (of.is(Simple.TIMESTAMPTZ)) {
      of =
          Expr.of(
              Simple.TIMESTAMPTZ, "at_timezone(%, %)", of.sql(), Sql.text(a.translation().zone()));
    }
    return Expr.of(of.type(), "date_add(%, %, %)", Sql.text(unit), a.at(1).sql(), of.sql());
  }

  private static Expr formatted(Args a, String format) {
    return Expr.of(
        Simple.VARCHAR,
        "date_format(%, %)",
        a.casts().moment(shown(a, 0), a.call()).sql(),
        Sql.text(format));
  }

  private static Expr fromSeconds(Args a) {
    Expr seconds = a.count(1, 1).at(0);
    Sql nanos =
        seconds.type().isWhole()
            ? Sql.of("CAST(% AS BIGINT) * 1000000000", seconds.sql())
            : Sql.of("CAST(round(% * 1e6) AS BIGINT) * 1000", a.floating(0));
    return Expr.of(
        Simple.TIMESTAMPTZ, "CAST(from_unixtime_nanos(%) AS TIMESTAMP(6) WITH TIME ZONE)", nanos);
  }

  private static Expr toSeconds(Args a) {
    return seconds(a.count(1, 1).at(0), a);
  }

  private static Expr seconds(Expr of, Args a) {
    Expr moment = of.is(Simple.TIMESTAMPTZ) ? of : a.casts().moment(of, a.call());
    return Expr.of(Simple.DOUBLE, "to_unixtime(%)", moment.sql());
  }
}
