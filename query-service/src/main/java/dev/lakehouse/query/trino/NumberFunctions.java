package dev.lakehouse.query.trino;

import dev.lakehouse.query.trino.ValueType.Decimal;
import dev.lakehouse.query.trino.ValueType.Simple;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Functions of numbers. */
final class NumberFunctions {
  /** Of doubles, under the same name. */
  private static final List<String> FLOATING =
      List.of(
          "sqrt", "cbrt", "exp", "ln", "log10", "log2", "sin", "cos", "tan", "asin", "acos", "atan",
          "sinh", "cosh", "tanh", "degrees", "radians");

  private NumberFunctions() {}

  static void addTo(Map<String, Writing> all) {
    for (String name : FLOATING) {
      all.put(name, a -> Expr.of(Simple.DOUBLE, name + "(%)", a.count(1, 1).floating(0)));
    }
    for (String name : List.of("is_nan", "is_finite", "is_infinite")) {
      all.put(name, a -> Expr.of(Simple.BOOLEAN, name + "(%)", a.count(1, 1).floating(0)));
    }
    for (String name : List.of("power", "pow")) {
      all.put(
          name,
          a -> Expr.of(Simple.DOUBLE, "power(%, %)", a.count(2, 2).floating(0), a.floating(1)));
    }
    for (String name : List.of("random", "rand")) {
      all.put(name, a -> Expr.of(Simple.DOUBLE, "random()"));
    }
    all.put("pi", a -> Expr.of(Simple.DOUBLE, "pi()"));
    all.put(
        "atan2",
        a -> Expr.of(Simple.DOUBLE, "atan2(%, %)", a.count(2, 2).floating(0), a.floating(1)));
    all.put("cot", a -> Expr.of(Simple.DOUBLE, "(1e0 / tan(%))", a.count(1, 1).floating(0)));
    all.put("log", NumberFunctions::log);
    all.put("abs", a -> Expr.of(number(a).type(), "abs(%)", number(a).sql()));
    all.put("sign", a -> Expr.of(Simple.TINYINT, "CAST(sign(%) AS TINYINT)", number(a).sql()));
    all.put("ceil", a -> toWhole("ceil", a));
    all.put("ceiling", a -> toWhole("ceil", a));
    all.put("floor", a -> toWhole("floor", a));
    all.put("round", NumberFunctions::round);
    all.put("truncate", NumberFunctions::truncate);
    all.put("mod", NumberFunctions::mod);
    all.put("greatest", a -> extreme("array_max", a));
    all.put("least", a -> extreme("array_min", a));
  }

  private static Expr number(Args a) {
    Expr value = a.at(0);
    if (value.is(Simple.UNKNOWN)) {
      return value.as(Simple.INTEGER);
    }
    if (!value.type().isNumber()) {
      throw Refused.type(a.name() + " of a value of type " + value.type().shown(), a.call());
    }
    return value;
  }

  private static Expr log(Args a) {
    return a.count(1, 2).count() == 1
        ? Expr.of(Simple.DOUBLE, "log10(%)", a.floating(0))
        : Expr.of(Simple.DOUBLE, "log(%, %)", a.floating(0), a.floating(1));
  }

  private static Expr toWhole(String name, Args a) {
    Expr value = number(a.count(1, 1));
    if (value.type() instanceof Decimal decimal) {
      Decimal type = new Decimal(Math.min(38, decimal.precision() - decimal.scale() + 1), 0);
      return Expr.of(type, name + "(%)", value.sql());
    }
    return Expr.of(Simple.DOUBLE, name + "(%)", a.floating(0));
  }

  private static Expr round(Args a) {
    Expr value = number(a.count(1, 2));
    if (value.type().isWhole() && a.count() == 1) {
      return value;
    }
    if (!(value.type() instanceof Decimal decimal)) {
      ValueType type = value.type();
      return a.count() == 1
          ? Expr.of(type, "round(%)", value.sql())
          : Expr.of(type, "CAST(round(%, %) AS %)", value.sql(), a.at(1).sql(), type.written());
    }
    if (a.count() == 1) {
      return Expr.of(new Decimal(decimal.precision(), 0), "round(%)", value.sql());
    }
    if (!(a.at(1).constant() instanceof BigDecimal places)) {
      throw Refused.engine("round of a decimal to places that are computed", a.call());
    }
    int digits = places.intValue();
    if (digits >= decimal.scale()) {
      return value;
    }
    Decimal type =
        new Decimal(
            Math.min(38, decimal.precision() - decimal.scale() + 1 + Math.max(0, digits)),
            Math.max(0, digits));
    return Expr.of(type, "CAST(round(%, %) AS %)", value.sql(), Sql.number(digits), type.written());
  }

  private static Expr truncate(Args a) {
    Expr value = number(a.count(1, 2));
    if (a.count() == 2) {
      throw Refused.engine("truncate to a number of places", a.call());
    }
    return value.type() instanceof Decimal decimal
        ? Expr.of(new Decimal(decimal.precision(), 0), "truncate(%)", value.sql())
        : value.type().isWhole() ? value : Expr.of(value.type(), "truncate(%)", value.sql());
  }

  private static Expr mod(Args a) {
    Expr left = number(a.count(2, 2));
    Expr right = a.at(1);
    ValueType type = ValueType.common(left.type(), right.type());
    return type.isFloating()
        ? Arithmetic.remainder(type, left.as(type).sql(), right.as(type).sql())
        : Arithmetic.remainder(type, left.sql(), right.sql());
  }

  /** Nulls are passed over. */
  private static Expr extreme(String of, Args a) {
    List<Expr> values = a.translation().expressions().unified(a.all(), a.call());
    Sql list = Sql.of("ARRAY[%]", Sql.joined(", ", values.stream().map(Expr::sql).toList()));
    return ListFunctions.extreme(of, Expressions.typeOf(values), list);
  }
}
