package dev.lakehouse.query.trino;

import dev.lakehouse.query.trino.ValueType.Decimal;
import dev.lakehouse.query.trino.ValueType.ListOf;
import dev.lakehouse.query.trino.ValueType.Simple;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.jspecify.annotations.Nullable;

/** Operators. */
final class Arithmetic {
  private final Translation translation;
  private final Casts casts;

  Arithmetic(Translation translation) {
    this.translation = translation;
    this.casts = translation.casts();
  }

  Expr of(SqlCall call, List<Expr> operands) {
    String name = call.getOperator().getName();
    Expr left = operands.get(0);
    if (operands.size() == 1) {
      return alone(name, left, call);
    }
    Expr right = operands.get(1);
    return switch (name) {
      case "AND", "OR" -> logic(name, operands);
      case "=", "<>", "!=", "<", "<=", ">", ">=", "IS DISTINCT FROM", "IS NOT DISTINCT FROM" ->
          compared(name.equals("!=") ? "<>" : name, left, right, call);
      case "BETWEEN ASYMMETRIC", "NOT BETWEEN ASYMMETRIC" -> between(name, operands, call);
      case "LIKE", "NOT LIKE", "ILIKE", "NOT ILIKE" -> like(name, operands);
      case "+", "-", "*", "/", "%" -> computed(name, left, right, call);
      case "||" -> together(left, right, call);
      default -> throw Refused.engine("the operator " + name, call);
    };
  }

  private static Expr logic(String name, List<Expr> operands) {
    return Expr.of(
        Simple.BOOLEAN,
        "(%)",
        Sql.joined(" " + name + " ", operands.stream().map(Expr::sql).toList()));
  }

  private Expr alone(String name, Expr value, SqlCall call) {
    return switch (name) {
      case "NOT" -> Expr.of(Simple.BOOLEAN, "(NOT %)", value.sql());
      case "IS NULL", "IS NOT NULL" -> Expr.of(Simple.BOOLEAN, "(% " + name + ")", value.sql());
      case "IS TRUE" -> Expr.of(Simple.BOOLEAN, "coalesce(%, FALSE)", value.sql());
      case "IS NOT TRUE" -> Expr.of(Simple.BOOLEAN, "(NOT coalesce(%, FALSE))", value.sql());
      case "IS FALSE" -> Expr.of(Simple.BOOLEAN, "(NOT coalesce(%, TRUE))", value.sql());
      case "IS NOT FALSE" -> Expr.of(Simple.BOOLEAN, "coalesce(%, TRUE)", value.sql());
      case "-" -> {
        if (!value.type().isNumber() && !value.type().isInterval()) {
          throw Refused.type("- of a value of type " + value.type().shown(), call);
        }
        yield value.constant() instanceof BigDecimal number
            ? new Expr(Sql.of("(- %)", value.sql()), value.type(), number.negate())
            : Expr.of(value.type(), "(- %)", value.sql());
      }
      case "+" -> value;
      default -> throw Refused.engine("the operator " + name, call);
    };
  }

  private Expr compared(String name, Expr one, Expr other, SqlCall call) {
    Expr left = casts.beside(one, other.type(), call);
    Expr right = casts.beside(other, one.type(), call);
    return switch (name) {
      case ">", ">=" -> greater(name, left, right);
      case "<" -> greater(">", right, left);
      case "<=" -> greater(">=", right, left);
      default -> Expr.of(Simple.BOOLEAN, "(% " + name + " %)", left.sql(), right.sql());
    };
  }

  /** What is no number is greater than every number; to Trino it is not. */
  private static Expr greater(String name, Expr left, Expr right) {
    String plain = "% " + name + " %";
    if (!mayBeNaN(left)) {
      return Expr.of(Simple.BOOLEAN, "(" + plain + ")", left.sql(), right.sql());
    }
    String known = name.equals(">") && mayBeNaN(right) ? "NOT is_nan(%)" : "% IS NOT NULL";
    return Expr.of(
        Simple.BOOLEAN,
        "(" + plain + " OR (is_nan(%) AND " + known + "))",
        left.sql(),
        right.sql(),
        left.sql(),
        right.sql());
  }

  private static boolean mayBeNaN(Expr value) {
    return value.type().isFloating() && value.constant() == null;
  }

  private Expr between(String name, List<Expr> operands, SqlCall call) {
    Expr value = operands.get(0);
    Expr least = operands.get(1);
    Expr most = operands.get(2);
    ValueType bounds = ValueType.common(least.type(), most.type());
    return Expr.of(
        Simple.BOOLEAN,
        "(% " + (name.startsWith("NOT") ? "NOT " : "") + "BETWEEN % AND %)",
        casts.beside(value, bounds, call).sql(),
        casts.beside(least, value.type(), call).sql(),
        casts.beside(most, value.type(), call).sql());
  }

  private static Expr like(String name, List<Expr> operands) {
    boolean anyCase = name.contains("ILIKE");
    String each = anyCase ? "lower(%)" : "%";
    String words =
        "("
            + each
            + (name.startsWith("NOT") ? " NOT" : "")
            + " LIKE "
            + each
            + (operands.size() > 2 ? " ESCAPE %" : "")
            + ")";
    return Expr.of(Simple.BOOLEAN, words, operands.stream().map(Expr::sql).toArray(Sql[]::new));
  }

  private Expr together(Expr left, Expr right, SqlCall call) {
    if (left.type() instanceof ListOf || right.type() instanceof ListOf) {
      return Expr.of(
          ValueType.common(left.type(), right.type()), "(% || %)", left.sql(), right.sql());
    }
    if (left.is(Simple.BINARY) && right.is(Simple.BINARY)) {
      return Expr.of(Simple.BINARY, "(% || %)", left.sql(), right.sql());
    }
    return Expr.of(
        Simple.VARCHAR, "(% || %)", casts.text(left, call).sql(), casts.text(right, call).sql());
  }

  private Expr computed(String name, Expr one, Expr other, SqlCall call) {
    Expr left = one;
    Expr right = other;
    if (left.is(Simple.UNKNOWN)) {
      left = nullOf(right.type());
    }
    if (right.is(Simple.UNKNOWN)) {
      right = nullOf(left.type());
    }
    if (left.type().isNumber() && right.type().isNumber()) {
      return number(name, left, right);
    }
    Expr moved = moved(name, left, right, call);
    if (moved == null) {
      throw Refused.type(
          "no " + name + " of " + left.type().shown() + " and " + right.type().shown(), call);
    }
    return moved;
  }

  private static Expr nullOf(ValueType type) {
    return Expr.of(type, "CAST(NULL AS %)", type.written());
  }

  private Expr number(String name, Expr left, Expr right) {
    ValueType common = ValueType.common(left.type(), right.type());
    if (name.equals("/") && !common.isWhole()) {
      return divided(left, right, common);
    }
    if (name.equals("/") && common == Simple.HUGE) {
      return quotient(left.as(common).sql(), right.as(common).sql());
    }
    if (common.isFloating()) {
      left = left.type().equals(common) ? left : left.as(common);
      right = right.type().equals(common) ? right : right.as(common);
    }
    if (name.equals("%")) {
      return remainder(common, left.sql(), right.sql());
    }
    ValueType type = common;
    if (common instanceof Decimal decimal) {
      Decimal first = left.type().asDecimal();
      Decimal second = right.type().asDecimal();
      type =
          name.equals("*")
              ? new Decimal(
                  Math.min(38, first.precision() + second.precision()),
                  first.scale() + second.scale())
              : new Decimal(Math.min(38, decimal.precision() + 1), decimal.scale());
    }
    return Expr.of(type, "(% " + name + " %)", left.sql(), right.sql());
  }

  /** Cut towards zero; Trino would round. */
  private static Expr quotient(Sql left, Sql right) {
    return Expr.of(
        Simple.HUGE, "((% - %) / %)", left, remainder(Simple.HUGE, left, right).sql(), right);
  }

  static Expr remainder(ValueType type, Sql left, Sql right) {
    return Expr.of(type, "(% % %)", left, new Sql.Words("%"), right);
  }

  private Expr divided(Expr left, Expr right, ValueType common) {
    Sql quotient =
        Prelude.DIVIDE.call(
            translation.used(), casts.floating(left).sql(), casts.floating(right).sql());
    Expr result = new Expr(quotient, Simple.DOUBLE);
    return common == Simple.REAL ? result.as(Simple.REAL) : result;
  }

  /** Dates, times and intervals; null if there is no such operation. */
  private @Nullable Expr moved(String name, Expr left, Expr right, SqlCall call) {
    boolean sum = name.equals("+");
    if (sum && left.type().isInterval() && !right.type().isInterval()) {
      return moved(name, right, left, call);
    }
    if (sum && left.type().isWhole() && right.is(Simple.DATE)) {
      return moved(name, right, left, call);
    }
    if (name.equals("*")) {
      return multiplied(left, right);
    }
    if (!sum && !name.equals("-")) {
      return null;
    }
    if (right.type().isInterval()) {
      return byInterval(name, left, right);
    }
    if (left.is(Simple.DATE) && right.type().isWhole()) {
      return Expr.of(
          Simple.DATE, "date_add('day', " + (sum ? "" : "- ") + "%, %)", right.sql(), left.sql());
    }
    if (sum) {
      return null;
    }
    Expr from = casts.beside(left, right.type(), call);
    Expr to = casts.beside(right, left.type(), call);
    if (from.is(Simple.DATE) && to.is(Simple.DATE)) {
      return Expr.of(Simple.BIGINT, "date_diff('day', %, %)", to.sql(), from.sql());
    }
    return from.type().isMoment() && to.type().isMoment()
        ? Expr.of(
            Simple.HOURS,
            "(% - %)",
            from.is(Simple.DATE) ? casts.moment(from, call).sql() : from.sql(),
            to.is(Simple.DATE) ? casts.moment(to, call).sql() : to.sql())
        : null;
  }

  private static @Nullable Expr multiplied(Expr left, Expr right) {
    if (left.type().isInterval() && right.type().isNumber()) {
      return Expr.of(left.type(), "(% * %)", left.sql(), right.sql());
    }
    return right.type().isInterval() && left.type().isNumber()
        ? Expr.of(right.type(), "(% * %)", left.sql(), right.sql())
        : null;
  }

  private @Nullable Expr byInterval(String name, Expr left, Expr right) {
    if (left.type().isInterval()) {
      return Expr.of(
          ValueType.common(left.type(), right.type()),
          "(% " + name + " %)",
          left.sql(),
          right.sql());
    }
    if (left.is(Simple.DATE)) {
      return right.is(Simple.HOURS)
          ? Expr.of(
              Simple.TIMESTAMP, "(CAST(% AS TIMESTAMP(6)) " + name + " %)", left.sql(), right.sql())
          : Expr.of(Simple.DATE, "(% " + name + " %)", left.sql(), right.sql());
    }
    if (left.is(Simple.TIME) || left.is(Simple.TIMESTAMP)) {
      return Expr.of(left.type(), "(% " + name + " %)", left.sql(), right.sql());
    }
    return left.is(Simple.TIMESTAMPTZ)
        ? Expr.of(
            Simple.TIMESTAMPTZ,
            "(at_timezone(%, %) " + name + " %)",
            left.sql(),
            Sql.text(translation.zone()),
            right.sql())
        : null;
  }
}
