package dev.lakehouse.query.sql;

import dev.lakehouse.query.table.AsOf;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The values of a query for Iceberg: only such as compare with a column in Iceberg exactly as they
 * do in SQL. Floating point is left out, for NaN is above all numbers in SQL and outside of the
 * metrics in Iceberg; so is what would have to be converted.
 */
final class FileValues {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

  private final List<@Nullable Object> parameters;

  FileValues(List<@Nullable Object> parameters) {
    this.parameters = parameters;
  }

  /** The value for a column of a type, or null if it does not fit for certain. */
  @Nullable Object of(SqlNode node, Type type) {
    if (node instanceof SqlDynamicParam parameter) {
      Object value = parameters.get(parameter.getIndex());
      if (value instanceof String text) {
        return type.typeId() == Type.TypeID.STRING ? text : null;
      }
      return value instanceof Number number
          ? number(new BigDecimal(number.toString()), type)
          : null;
    }
    if (node instanceof SqlCall minus
        && minus.getKind() == SqlKind.MINUS_PREFIX
        && minus.operand(0) instanceof SqlNumericLiteral positive) {
      return exact(positive) == null ? null : number(positive.bigDecimalValue().negate(), type);
    }
    if (node instanceof SqlNumericLiteral literal) {
      BigDecimal exact = exact(literal);
      return exact == null ? null : number(exact, type);
    }
    if (node instanceof SqlCharStringLiteral text) {
      return type.typeId() == Type.TypeID.STRING ? text.getValueAs(String.class) : null;
    }
    if (node instanceof SqlUnknownLiteral dated) {
      return moment(dated, type);
    }
    return node instanceof SqlLiteral literal
            && type.typeId() == Type.TypeID.BOOLEAN
            && literal.getValue() instanceof Boolean truth
        ? truth
        : null;
  }

  private static @Nullable BigDecimal exact(SqlNumericLiteral literal) {
    boolean floating =
        literal.toValue() != null && literal.toValue().toUpperCase(Locale.ROOT).contains("E");
    return floating ? null : literal.bigDecimalValue();
  }

  private static @Nullable Object number(BigDecimal value, Type type) {
    try {
      return switch (type.typeId()) {
        case INTEGER -> value.intValueExact();
        case LONG -> value.longValueExact();
        case DECIMAL -> {
          Types.DecimalType decimal = (Types.DecimalType) type;
          BigDecimal scaled = value.setScale(decimal.scale());
          yield scaled.precision() <= decimal.precision() ? scaled : null;
        }
        default -> null;
      };
    } catch (ArithmeticException doesNotFit) {
      return null;
    }
  }

  private static @Nullable Object moment(SqlUnknownLiteral literal, Type type) {
    AsOf read = AsOf.time(literal.getValueAs(String.class));
    if (!(read instanceof AsOf.LocalTime time)) {
      return null;
    }
    LocalDate day = time.at().toLocalDate();
    boolean isDate = literal.tag.equalsIgnoreCase("DATE");
    if (isDate && !time.at().equals(day.atStartOfDay())) {
      return null;
    }
    if (type.typeId() == Type.TypeID.DATE) {
      return isDate ? day.toString() : null;
    }
    boolean naive =
        type.typeId() == Type.TypeID.TIMESTAMP && !((Types.TimestampType) type).shouldAdjustToUTC();
    return naive ? ChronoUnit.MICROS.between(EPOCH, time.at()) : null;
  }
}
