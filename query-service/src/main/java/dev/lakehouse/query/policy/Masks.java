package dev.lakehouse.query.policy;

import dev.lakehouse.query.guard.Formula;
import dev.lakehouse.query.guard.Seen;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Masks as expressions over a table's columns. None of them fails, whatever the value, and none
 * depends on the request. A mask that does not fit a column's type shows nothing.
 */
final class Masks {
  private static final Formula NULL = Formula.of("CASE WHEN FALSE THEN v END");
  private static final Formula AS_TEXT = Formula.of("CAST(v AS VARCHAR)");
  private static final Formula AS_WHOLE = Formula.of("CAST(v AS BIGINT)");
  private static final Formula AS_DOUBLE = Formula.of("CAST(v AS DOUBLE)");
  private static final Formula IN_UTC = Formula.of("at_timezone(v, 'UTC')");
  private static final Formula HASH = Formula.of("sha256(s || sha256(s || v))");
  private static final Formula YEAR = Formula.of("CAST(date_trunc('year', v) AS DATE)");
  private static final Formula BUCKET =
      Formula.of("floor(CAST(v AS DOUBLE) / CAST(n AS DOUBLE)) * CAST(n AS DOUBLE)");
  private static final Formula FIRST =
      Formula.of(
          "CASE WHEN length(v) > n THEN substring(v, 1, n) || '***' WHEN v IS NOT NULL THEN '***'"
              + " END");
  private static final Formula LAST =
      Formula.of(
          "CASE WHEN length(v) > n THEN '***' || substring(v, length(v) - n + 1) WHEN v IS NOT NULL"
              + " THEN '***' END");
  private static final BigDecimal MOST_WHOLE = BigDecimal.valueOf(Long.MAX_VALUE);

  private final SqlNode salt;

  Masks(Salt salt) {
    this.salt = SqlLiteral.createCharString(salt.text(), SqlParserPos.ZERO);
  }

  /** A column as it is. */
  static Seen.Item plain(NestedField column) {
    return new Seen.Item(column, Seen.Part.column(List.of(column.name())), null);
  }

  /** A column under a mask. */
  Seen.Item masked(NestedField column, Mask mask) {
    SqlNode value = Seen.Part.column(List.of(column.name()));
    Type type = column.type();
    boolean moment = isMoment(type);
    SqlNode plain = moment ? with(IN_UTC, value) : value;
    if (mask instanceof Mask.Constant constant) {
      return constant(column, constant);
    }
    if (mask instanceof Mask.Year && (type.typeId() == Type.TypeID.DATE || isTimestamp(type))) {
      return item(column, Types.DateType.get(), with(YEAR, plain), mask);
    }
    if (mask instanceof Mask.Bucket bucket && isNumber(type)) {
      return item(
          column,
          Types.DoubleType.get(),
          BUCKET.with(Map.of("v", value, "n", number(bucket.size()))),
          mask);
    }
    if (isTextable(type)) {
      SqlNode text = type.typeId() == Type.TypeID.STRING ? value : with(AS_TEXT, plain);
      if (mask instanceof Mask.Hash) {
        return text(column, HASH.with(Map.of("v", text, "s", salt)), mask);
      }
      if (mask instanceof Mask.First first) {
        return text(column, part(FIRST, text, first.show()), mask);
      }
      if (mask instanceof Mask.Last last) {
        return text(column, part(LAST, text, last.show()), mask);
      }
    }
    return item(column, type, with(NULL, value), new Mask.Null());
  }

  private static Seen.Item constant(NestedField column, Mask.Constant constant) {
    if (constant.value() instanceof Boolean truth) {
      SqlNode literal = SqlLiteral.createBoolean(truth, SqlParserPos.ZERO);
      return item(column, Types.BooleanType.get(), literal, constant);
    }
    if (constant.value() instanceof BigDecimal number) {
      boolean whole =
          number.stripTrailingZeros().scale() <= 0 && number.abs().compareTo(MOST_WHOLE) <= 0;
      return whole
          ? item(column, Types.LongType.get(), with(AS_WHOLE, number(number)), constant)
          : item(column, Types.DoubleType.get(), with(AS_DOUBLE, number(number)), constant);
    }
    SqlNode text = SqlLiteral.createCharString(constant.value().toString(), SqlParserPos.ZERO);
    return text(column, with(AS_TEXT, text), constant);
  }

  private static SqlNode with(Formula formula, SqlNode value) {
    return formula.with(Map.of("v", value));
  }

  private static SqlNode part(Formula formula, SqlNode text, int show) {
    return formula.with(Map.of("v", text, "n", number(BigDecimal.valueOf(show))));
  }

  private static SqlNode number(BigDecimal number) {
    return SqlLiteral.createExactNumeric(number.toPlainString(), SqlParserPos.ZERO);
  }

  private static Seen.Item text(NestedField column, SqlNode value, Mask mask) {
    return item(column, Types.StringType.get(), value, mask);
  }

  private static Seen.Item item(NestedField column, Type type, SqlNode value, Mask mask) {
    return new Seen.Item(
        NestedField.optional(column.fieldId(), column.name(), type), value, mask.word());
  }

  private static boolean isNumber(Type type) {
    return switch (type.typeId()) {
      case INTEGER, LONG, FLOAT, DOUBLE, DECIMAL -> true;
      default -> false;
    };
  }

  /** Whether every engine writes its values as texts. */
  private static boolean isTextable(Type type) {
    return switch (type.typeId()) {
      case STRING, BOOLEAN, INTEGER, LONG, DECIMAL, DATE -> true;
      default -> isTimestamp(type);
    };
  }

  private static boolean isTimestamp(Type type) {
    return type.typeId() == Type.TypeID.TIMESTAMP;
  }

  /** Whether it is a time with a zone, which would be shown in the request's. */
  static boolean isMoment(Type type) {
    return type instanceof Types.TimestampType timestamp && timestamp.shouldAdjustToUTC();
  }
}
