package dev.lakehouse.query.trino;

import dev.lakehouse.query.trino.ValueType.Decimal;
import dev.lakehouse.query.trino.ValueType.Simple;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.type.SqlTypeName;

/** Values as values of another type, as the dialect has it. */
final class Casts {
  private static final Pattern DAY_AT_MIDNIGHT =
      Pattern.compile(
          "\\s*(\\d{4}-\\d{2}-\\d{2})(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)?\\s*");

  private final Translation translation;

  Casts(Translation translation) {
    this.translation = translation;
  }

  /** The type that a query names. */
  static ValueType type(SqlDataTypeSpec spec) {
    if (spec.getTypeNameSpec() instanceof SqlUserDefinedTypeNameSpec named) {
      return switch (named.getTypeName().getSimple().toLowerCase(Locale.ROOT)) {
        case "string", "text" -> Simple.VARCHAR;
        case "timestamptz" -> Simple.TIMESTAMPTZ;
        case "uuid" -> Simple.UUID;
        case "hugeint" -> Simple.HUGE;
        default -> throw Refused.engine("the type " + spec, spec);
      };
    }
    SqlBasicTypeNameSpec basic = (SqlBasicTypeNameSpec) spec.getTypeNameSpec();
    SqlTypeName name = SqlTypeName.get(basic.getTypeName().getSimple());
    if (name == null) {
      throw Refused.engine("the type " + spec, spec);
    }
    return switch (name) {
      case BOOLEAN -> Simple.BOOLEAN;
      case TINYINT -> Simple.TINYINT;
      case SMALLINT -> Simple.SMALLINT;
      case INTEGER -> Simple.INTEGER;
      case BIGINT -> Simple.BIGINT;
      case REAL, FLOAT -> Simple.REAL;
      case DOUBLE -> Simple.DOUBLE;
      case CHAR, VARCHAR -> Simple.VARCHAR;
      case VARBINARY -> Simple.BINARY;
      case DATE -> Simple.DATE;
      case TIME -> Simple.TIME;
      case TIMESTAMP -> Simple.TIMESTAMP;
      case TIMESTAMP_TZ -> Simple.TIMESTAMPTZ;
      case UUID -> Simple.UUID;
      case DECIMAL ->
          basic.getPrecision() < 0
              ? new Decimal(18, 3)
              : new Decimal(basic.getPrecision(), Math.max(0, basic.getScale()));
      default -> throw Refused.engine("the type " + spec, spec);
    };
  }

  /**
   * The value as one of another type.
   *
   * @param how {@code CAST} or {@code TRY_CAST}
   */
  Expr cast(Expr value, ValueType to, String how, SqlNode at) {
    ValueType from = value.type();
    if (from.equals(to)) {
      return new Expr(value.sql(), to);
    }
    if (to == Simple.VARCHAR) {
      return text(value, at);
    }
    boolean read = from == Simple.VARCHAR;
    Sql sql = value.sql();
    if (from.isFloating() && to.isWhole()) {
      sql = Prelude.EVEN.call(translation.used(), sql);
    } else if (from.isFloating() && to instanceof Decimal decimal) {
      return scaled(value, decimal, how);
    } else if (read && to.isFloating()) {
      sql = Prelude.FLOATING.call(translation.used(), sql);
    } else if (read && to instanceof Decimal) {
      sql = Sql.of("trim(%)", sql);
    } else if (read && (to == Simple.TIMESTAMP || to == Simple.TIMESTAMPTZ)) {
      sql = Prelude.MOMENT.call(translation.used(), sql);
    } else if (read && to == Simple.DATE) {
      sql =
          value.constant() instanceof String text && DAY_AT_MIDNIGHT.matcher(text).matches()
              ? Sql.text(DAY_AT_MIDNIGHT.matcher(text).replaceFirst("$1"))
              : Sql.of("trim(%)", sql);
    } else if (from == Simple.TIMESTAMPTZ) {
      sql = local(value).sql();
    } else if (from == Simple.BINARY || to == Simple.BINARY) {
      throw Refused.engine("a cast between binary and other types", at);
    } else if (from == Simple.BOOLEAN && to instanceof Decimal) {
      sql = Sql.of("CAST(% AS INTEGER)", sql);
    }
    return Expr.of(to, how + "(% AS %)", sql, to.written());
  }

  /** A double, rounded as it is times a power of ten. */
  private static Expr scaled(Expr value, Decimal to, String how) {
    Sql whole =
        Sql.of("round(CAST(% AS DOUBLE) * %)", value.sql(), new Sql.Words("1e" + to.scale()));
    Sql exact =
        Sql.of(
            how + "(% AS DECIMAL(38, 0)) * %",
            whole,
            Sql.decimal(BigDecimal.ONE.movePointLeft(to.scale())));
    return Expr.of(to, how + "(% AS %)", exact, to.written());
  }

  /** The value as a text, as casts and concatenations show it. */
  Expr text(Expr value, SqlNode at) {
    ValueType type = value.type();
    if (type == Simple.VARCHAR || type == Simple.JSON) {
      return new Expr(value.sql(), Simple.VARCHAR, value.constant());
    }
    if (type == Simple.TIMESTAMP || type == Simple.TIME) {
      return Expr.of(
          Simple.VARCHAR,
          "regexp_replace(CAST(CAST(% AS %) AS VARCHAR), '\\.?0+$', '')",
          value.sql(),
          type.written());
    }
    if (type.isExact()
        || type == Simple.BOOLEAN
        || type == Simple.DATE
        || type == Simple.UUID
        || type == Simple.UNKNOWN) {
      return value.as(Simple.VARCHAR);
    }
    throw Refused.engine("a value of type " + type.shown() + " as a text", at);
  }

  /** A number as a double; Trino would else take decimals for reals. */
  Expr floating(Expr value) {
    if (value.is(Simple.DOUBLE)) {
      return value;
    }
    return value.is(Simple.VARCHAR)
        ? cast(
            value,
            Simple.DOUBLE,
            "CAST",
            org.apache.calcite.sql.SqlLiteral.createNull(
                org.apache.calcite.sql.parser.SqlParserPos.ZERO))
        : value.as(Simple.DOUBLE);
  }

  /** What a clock of the request's zone shows at an instant. */
  Expr local(Expr instant) {
    return Expr.of(
        Simple.TIMESTAMP,
        "CAST(at_timezone(%, %) AS TIMESTAMP(6))",
        instant.sql(),
        Sql.text(translation.zone()));
  }

  /** A date or moment as a moment without a zone. */
  Expr moment(Expr value, SqlNode at) {
    if (value.is(Simple.TIMESTAMP)) {
      return value;
    }
    return cast(value, Simple.TIMESTAMP, "CAST", at);
  }

  /** A date, or the moment that clocks show; parts are taken of it. */
  Expr shown(Expr value, SqlNode at) {
    if (value.is(Simple.DATE) || value.is(Simple.TIME) || value.is(Simple.TIMESTAMP)) {
      return value;
    }
    if (value.isLiteralText() || value.is(Simple.TIMESTAMPTZ)) {
      return moment(value, at);
    }
    if (value.type().isInterval()) {
      return value;
    }
    throw Refused.type("a date or a time is needed, not " + value.type().shown(), at);
  }

  /** The value as it is, or as one of the type that it is used with if it is a literal text. */
  Expr beside(Expr value, ValueType other, SqlNode at) {
    return value.isLiteralText()
            && value.is(Simple.VARCHAR)
            && other != Simple.VARCHAR
            && other != Simple.UNKNOWN
            && other != Simple.JSON
        ? cast(value, other, "CAST", at)
        : value;
  }
}
