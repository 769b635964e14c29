package dev.lakehouse.query.trino;

import dev.lakehouse.query.trino.ValueType.Decimal;
import dev.lakehouse.query.trino.ValueType.ListOf;
import dev.lakehouse.query.trino.ValueType.Simple;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** One call of an aggregate or window function, with what is around it. */
final class AggregateCall {
  private static final Set<String> FLOATING =
      Set.of(
          "stddev",
          "stddev_samp",
          "stddev_pop",
          "variance",
          "var_samp",
          "var_pop",
          "covar_samp",
          "covar_pop",
          "regr_intercept",
          "kurtosis");

  private static final Set<String> RANKING = Set.of("row_number", "rank", "dense_rank", "ntile");
  private static final Set<String> SHARES = Set.of("percent_rank", "cume_dist");
  private static final Set<String> PLACES =
      Set.of("lag", "lead", "first_value", "last_value", "nth_value");

  private final Translation translation;
  private final Expressions expressions;
  private final String name;
  private final SqlCall call;
  private final List<SqlNode> arguments;
  private final Modifiers around;
  private final boolean descending;
  private final @Nullable SqlNode orderedBy;
  private final Scope scope;
  private final Ctes ctes;

  AggregateCall(
      Translation translation,
      String name,
      SqlCall call,
      List<SqlNode> arguments,
      Modifiers around,
      boolean descending,
      @Nullable SqlNode orderedBy,
      Scope scope,
      Ctes ctes) {
    this.translation = translation;
    this.expressions = translation.expressions();
    this.name = name;
    this.call = call;
    this.arguments = arguments;
    this.around = around;
    this.descending = descending;
    this.orderedBy = orderedBy;
    this.scope = scope;
    this.ctes = ctes;
  }

  /** Whether it is written as any other of its kind. */
  static boolean isPlain(String name) {
    return FLOATING.contains(name)
        || RANKING.contains(name)
        || SHARES.contains(name)
        || PLACES.contains(name);
  }

  private Expr at(int i) {
    if (i >= arguments.size()) {
      throw Refused.type(name + " does not take " + arguments.size() + " arguments", call);
    }
    return expressions.of(arguments.get(i), scope, ctes);
  }

  private void count(int least, int most) {
    if (arguments.size() < least || arguments.size() > most) {
      throw Refused.type(name + " does not take " + arguments.size() + " arguments", call);
    }
  }

  private Sql floating(int i) {
    Expr value = at(i);
    if (!value.type().isNumber() && !value.is(Simple.UNKNOWN)) {
      throw Refused.type(name + " of a value of type " + value.type().shown(), call);
    }
    return translation.casts().floating(value).sql();
  }

  Expr written() {
    if (FLOATING.contains(name)) {
      Sql[] values = new Sql[arguments.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = floating(i);
      }
      return new Expr(around.call(name, 0, values), Simple.DOUBLE);
    }
    if (RANKING.contains(name)) {
      return new Expr(around.call(name, 0, sqls()), Simple.BIGINT);
    }
    if (SHARES.contains(name)) {
      return new Expr(around.call(name, 0, sqls()), Simple.DOUBLE);
    }
    if (PLACES.contains(name)) {
      return new Expr(around.call(name, 0, sqls()), at(0).type());
    }
    return switch (name) {
      case "count" -> count();
      case "sum" -> sum();
      case "avg" -> average();
      case "min", "max" -> least();
      case "any_value", "arbitrary" -> {
        count(1, 1);
        yield new Expr(around.call("arbitrary", 0, at(0).sql()), at(0).type());
      }
      case "bool_and", "bool_or", "every" ->
          new Expr(around.call(name, 0, at(0).sql()), Simple.BOOLEAN);
      case "count_if" -> {
        count(1, 1);
        yield new Expr(around.call("count_if", 0, at(0).sql()), Simple.BIGINT).as(Simple.HUGE);
      }
      case "max_by", "min_by" -> extreme();
      case "approx_distinct", "approx_count_distinct" -> {
        count(1, 1);
        yield new Expr(around.call("approx_distinct", 0, at(0).sql()), Simple.BIGINT);
      }
      case "array_agg" -> list();
      case "listagg", "string_agg" -> texts();
      case "percentile_cont" -> percentile(at(0).sql());
      case "percentile_disc" -> discrete(at(0).sql());
      case "median" -> median();
      case "bit_and", "bit_or", "bit_xor" -> bits();
      case "corr", "regr_slope" -> correlation();
      case "skewness" -> skewness();
      case "grouping" ->
          Expr.of(Simple.BIGINT, "CAST(grouping(%) AS BIGINT)", Sql.joined(", ", List.of(sqls())));
      default -> throw Refused.engine("the aggregate " + name, call);
    };
  }

  private Sql[] sqls() {
    return arguments.stream()
        .map(each -> expressions.of(each, scope, ctes).sql())
        .toArray(Sql[]::new);
  }

  private Expr count() {
    boolean rows =
        arguments.isEmpty() || (arguments.get(0) instanceof SqlIdentifier star && star.isStar());
    if (!rows) {
      count(1, 1);
    }
    return new Expr(
        rows ? around.call("count", 0) : around.call("count", 0, at(0).sql()), Simple.BIGINT);
  }

  private Expr sum() {
    count(1, 1);
    Expr value = at(0);
    if (value.type().isFloating()) {
      return new Expr(around.call("sum", 0, floating(0)), Simple.DOUBLE);
    }
    Sql sum = around.call("sum", 0, value.as(exact(value)).sql());
    return new Expr(sum, value.type() instanceof Decimal ? exact(value) : Simple.HUGE);
  }

  private Decimal exact(Expr value) {
    if (!value.type().isExact() && !value.is(Simple.UNKNOWN)) {
      throw Refused.type(name + " of a value of type " + value.type().shown(), call);
    }
    return new Decimal(38, value.type() instanceof Decimal decimal ? decimal.scale() : 0);
  }

  /** Of exact numbers by their exact sum. */
  private Expr average() {
    count(1, 1);
    Expr value = at(0);
    if (value.type().isFloating()) {
      return new Expr(around.call("avg", 0, floating(0)), Simple.DOUBLE);
    }
    return Expr.of(
        Simple.DOUBLE,
        "(CAST(% AS DOUBLE) / nullif(%, 0))",
        around.call("sum", 0, value.as(exact(value)).sql()),
        around.call("count", 0, value.sql()));
  }

  /** Rows without the one or the other do not count. */
  private Expr extreme() {
    count(2, 2);
    Expr value = at(0);
    Modifiers some = around.where(Sql.of("(% IS NOT NULL)", value.sql()));
    return new Expr(some.call(name, 1, value.sql(), at(1).sql()), value.type());
  }

  /** What is no number is the greatest; Trino passes it over. */
  private Expr least() {
    count(1, 1);
    Expr value = at(0);
    Sql found = around.unordered().call(name, 0, value.sql());
    if (name.equals("min") || !value.type().isFloating()) {
      return new Expr(found, value.type());
    }
    return Expr.of(
        value.type(),
        "IF(coalesce(%, FALSE), CAST(nan() AS %), %)",
        around.plain().call("bool_or", 0, Sql.of("is_nan(%)", value.sql())),
        value.type().written(),
        found);
  }

  private Expr list() {
    count(1, 1);
    if (around.isWindow() && around.filter() != null) {
      throw Refused.engine("array_agg with FILTER in a window", call);
    }
    return new Expr(around.call("array_agg", 0, at(0).sql()), new ListOf(at(0).type()));
  }

  private void notInWindow() {
    if (around.isWindow()) {
      throw Refused.engine(name + " in a window", call);
    }
  }

  private Expr texts() {
    count(1, 2);
    notInWindow();
    Sql value = translation.casts().text(at(0), call).sql();
    String between = ",";
    if (arguments.size() == 2) {
      if (!(at(1).constant() instanceof String text)) {
        throw Refused.engine(name + " with a separator that is computed", call);
      }
      between = text;
    }
    Sql joined =
        Sql.of(
            "listagg(" + (around.distinct() ? "DISTINCT " : "") + "%, %) WITHIN GROUP (ORDER BY %)",
            value,
            Sql.text(between),
            around.order().isEmpty() ? value : Sql.joined(", ", around.order()));
    return new Expr(
        around.filter() == null ? joined : Sql.of("% FILTER (WHERE %)", joined, around.filter()),
        Simple.VARCHAR);
  }

  private Sql sorted(Expr value) {
    notInWindow();
    Modifiers some = around.plain().where(Sql.of("(% IS NOT NULL)", value.sql()));
    return Sql.of("array_sort(%)", some.call("array_agg", 0, value.sql()));
  }

  private Expr ordered() {
    if (orderedBy == null) {
      throw Refused.type(name + " needs WITHIN GROUP (ORDER BY …)", call);
    }
    return expressions.of(orderedBy, scope, ctes);
  }

  private Expr percentile(Sql fraction) {
    count(1, 1);
    Expr value = ordered();
    Sql place = Sql.of(descending ? "(1e0 - CAST(% AS DOUBLE))" : "CAST(% AS DOUBLE)", fraction);
    return new Expr(
        Prelude.PERCENTILE.call(
            translation.used(), sorted(translation.casts().floating(value)), place),
        Simple.DOUBLE);
  }

  private Expr discrete(Sql fraction) {
    count(1, 1);
    Expr value = ordered();
    Sql list = sorted(value);
    if (descending) {
      list = Sql.of("reverse(%)", list);
    }
    return Expr.of(
        value.type(),
        "element_at(%, greatest(1, CAST(ceil(CAST(% AS DOUBLE) * cardinality(%)) AS INTEGER)))",
        list,
        fraction,
        list);
  }

  private Expr median() {
    count(1, 1);
    return new Expr(
        Prelude.PERCENTILE.call(
            translation.used(), sorted(translation.casts().floating(at(0))), new Sql.Words("5e-1")),
        Simple.DOUBLE);
  }

  private Expr bits() {
    count(1, 1);
    Expr value = at(0);
    return Expr.of(
        value.type(),
        "CAST(% AS %)",
        around.call("bitwise_" + name.substring("bit_".length()) + "_agg", 0, value.sql()),
        value.type().written());
  }

  /** Not a number where it is not defined, null only where there are no rows. */
  private Expr correlation() {
    count(2, 2);
    Sql both = Sql.of("(% IS NOT NULL AND % IS NOT NULL)", at(0).sql(), at(1).sql());
    return Expr.of(
        Simple.DOUBLE,
        "coalesce(%, IF(% > 0, nan()))",
        around.call(name, 0, floating(0), floating(1)),
        around.call("count_if", 0, both));
  }

  /** Trino's is that of a population, the dialect's that of a sample. */
  private Expr skewness() {
    count(1, 1);
    Sql of = floating(0);
    Sql many = Sql.of("CAST(% AS DOUBLE)", around.call("count", 0, of));
    return Expr.of(
        Simple.DOUBLE,
        "IF(% > 2e0, % * sqrt(% * (% - 1e0)) / (% - 2e0))",
        many,
        around.call("skewness", 0, of),
        many,
        many,
        many);
  }
}
