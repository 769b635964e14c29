package dev.lakehouse.query.trino;

import dev.lakehouse.query.trino.ValueType.Decimal;
import dev.lakehouse.query.trino.ValueType.Simple;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.util.BitString;
import org.jspecify.annotations.Nullable;

/** Values that stand in a query, and those of its parameters. */
final class Literals {
  private static final Pattern MOMENT =
      Pattern.compile(
          "\\s*(\\d{4}-\\d{1,2}-\\d{1,2})(?:["
              + " T](\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?))?\\s*");

  private final Translation translation;

  Literals(Translation translation) {
    this.translation = translation;
  }

  Expr of(SqlLiteral literal) {
    if (literal instanceof SqlIntervalLiteral interval) {
      return interval(interval);
    }
    if (literal instanceof SqlUnknownLiteral dated) {
      return dated(dated.tag, dated.getValueAs(String.class), literal);
    }
    if (literal instanceof SqlAbstractDateTimeLiteral dated) {
      return dated(literal.getTypeName().getName(), dated.toFormattedString(), literal);
    }
    if (literal instanceof SqlCharStringLiteral text) {
      return value(text.getValueAs(String.class));
    }
    return switch (literal.getTypeName()) {
      case NULL -> value(null);
      case BOOLEAN -> value(literal.booleanValue());
      case DECIMAL -> value(literal.bigDecimalValue());
      case DOUBLE -> {
        BigDecimal number = literal.bigDecimalValue();
        yield new Expr(
            new Sql.Words(number == null ? "NULL" : scientific(number)), Simple.DOUBLE, number);
      }
      case BINARY ->
          new Expr(
              new Sql.Words("X'" + literal.getValueAs(BitString.class).toHexString() + "'"),
              Simple.BINARY);
      default -> throw Refused.engine("this literal", literal);
    };
  }

  private static String scientific(BigDecimal number) {
    return number.unscaledValue() + "E" + -number.scale();
  }

  /** The value of a {@code ?}. */
  Expr parameter(SqlDynamicParam parameter) {
    return value(translation.query().parameters().get(parameter.getIndex()));
  }

  static Expr value(@Nullable Object value) {
    if (value == null) {
      return new Expr(new Sql.Words("NULL"), Simple.UNKNOWN);
    }
    if (value instanceof Boolean truth) {
      return new Expr(new Sql.Words(truth ? "TRUE" : "FALSE"), Simple.BOOLEAN);
    }
    if (value instanceof String text) {
      return new Expr(Sql.text(text), Simple.VARCHAR, text);
    }
    BigDecimal number =
        value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
    if (number.scale() > 0) {
      return new Expr(
          Sql.decimal(number),
          new Decimal(Math.max(number.precision(), number.scale()), number.scale()),
          number);
    }
    String digits = number.toPlainString();
    if (number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
      boolean small = number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
      Simple type = small ? Simple.INTEGER : Simple.BIGINT;
      String written = number.signum() < 0 ? "(" + digits + ")" : digits;
      return new Expr(new Sql.Words(written), type, number);
    }
    return new Expr(
        Sql.of("CAST(% AS %)", Sql.decimal(new BigDecimal(digits)), Simple.HUGE.written()),
        Simple.HUGE,
        number);
  }

  private static Expr dated(String tag, String text, SqlLiteral at) {
    String kind = tag.toUpperCase(Locale.ROOT);
    if (kind.equals("TIME")) {
      return Expr.of(Simple.TIME, "CAST(% AS TIME(6))", Sql.text(text));
    }
    Matcher moment = MOMENT.matcher(text);
    if (!moment.matches()) {
      throw Refused.engine("the literal " + kind + " '" + text + "'", at);
    }
    String time = moment.group(2);
    return kind.equals("DATE")
        ? Expr.of(Simple.DATE, "DATE %", Sql.text(moment.group(1)))
        : Expr.of(
            Simple.TIMESTAMP,
            "TIMESTAMP %",
            Sql.text(moment.group(1) + " " + (time == null ? "00:00:00" : time)));
  }

  private static Expr interval(SqlIntervalLiteral literal) {
    SqlIntervalLiteral.IntervalValue value =
        literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
    BigDecimal amount =
        new BigDecimal(value.getIntervalLiteral().strip())
            .multiply(BigDecimal.valueOf(value.getSign()));
    TimeUnit unit = value.getIntervalQualifier().timeUnitRange.startUnit;
    return switch (unit) {
      case YEAR -> interval(Simple.MONTHS, amount, 12, "MONTH", literal);
      case QUARTER -> interval(Simple.MONTHS, amount, 3, "MONTH", literal);
      case MONTH -> interval(Simple.MONTHS, amount, 1, "MONTH", literal);
      case WEEK -> interval(Simple.DAYS, amount, 7, "DAY", literal);
      case DAY -> interval(Simple.DAYS, amount, 1, "DAY", literal);
      case HOUR -> interval(Simple.HOURS, amount, 3600, "SECOND", literal);
      case MINUTE -> interval(Simple.HOURS, amount, 60, "SECOND", literal);
      case SECOND -> interval(Simple.HOURS, amount, 1, "SECOND", literal);
      default -> throw Refused.engine("an interval of " + unit, literal);
    };
  }

  private static Expr interval(
      Simple type, BigDecimal amount, int times, String unit, SqlLiteral at) {
    BigDecimal all = amount.multiply(BigDecimal.valueOf(times)).stripTrailingZeros();
    if (all.scale() > (type == Simple.HOURS ? 3 : 0)) {
      throw Refused.engine("an interval of a fraction", at);
    }
    return Expr.of(
        type,
        "INTERVAL " + (all.signum() < 0 ? "- % " : "% ") + unit,
        Sql.text(all.abs().toPlainString()));
  }
}
