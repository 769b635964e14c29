package dev.lakehouse.query.trino;

import dev.lakehouse.query.trino.ValueType.Decimal;
import dev.lakehouse.query.trino.ValueType.ListOf;
import dev.lakehouse.query.trino.ValueType.Simple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWindow;
import org.jspecify.annotations.Nullable;

/** Aggregates and window functions. */
final class Aggregates {
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
          "regr_slope",
          "regr_intercept",
          "kurtosis");

  private static final Set<String> RANKING = Set.of("row_number", "rank", "dense_rank", "ntile");
  private static final Set<String> SHARES = Set.of("percent_rank", "cume_dist");
  private static final Set<String> PLACES =
      Set.of("lag", "lead", "first_value", "last_value", "nth_value");

  private static final Set<String> OTHERS =
      Set.of(
          "count",
          "sum",
          "avg",
          "min",
          "max",
          "corr",
          "any_value",
          "arbitrary",
          "bool_and",
          "bool_or",
          "every",
          "max_by",
          "min_by",
          "approx_distinct",
          "approx_count_distinct",
          "array_agg",
          "listagg",
          "string_agg",
          "percentile_cont",
          "percentile_disc",
          "median",
          "mode",
          "bit_and",
          "bit_or",
          "bit_xor",
          "skewness",
          "count_if",
          "grouping");

  private final Translation translation;
  private final Expressions expressions;

  Aggregates(Translation translation, Expressions expressions) {
    this.translation = translation;
    this.expressions = expressions;
  }

  boolean has(String name) {
    return FLOATING.contains(name)
        || RANKING.contains(name)
        || SHARES.contains(name)
        || PLACES.contains(name)
        || OTHERS.contains(name);
  }

  /** An aggregate, or what is around one. */
  Expr of(SqlCall call, Scope scope, Ctes ctes) {
    SqlCall inner = call;
    List<Sql> order = new ArrayList<>();
    Set<Boolean> descending = new HashSet<>();
    Sql filter = null;
    boolean ignoreNulls = false;
    Sql over = null;
    boolean found = false;
    while (!found) {
      switch (inner.getKind()) {
        case OVER -> over = window(inner.operand(1), scope, ctes);
        case FILTER -> filter = expressions.of(inner.operand(1), scope, ctes).sql();
        case WITHIN_GROUP -> {
          SqlNodeList items = inner.operand(1);
          order.addAll(orders(items, scope, ctes));
          descending.add(isDescending(items.get(0)));
        }
        case IGNORE_NULLS -> ignoreNulls = true;
        case RESPECT_NULLS -> {}
        default -> found = true;
      }
      if (!found) {
        inner = inner.operand(0);
      }
    }
    List<SqlNode> arguments = new ArrayList<>();
    for (SqlNode operand : inner.getOperandList()) {
      if (operand instanceof SqlNodeList items) {
        order.addAll(orders(items, scope, ctes));
      } else {
        arguments.add(operand);
      }
    }
    SqlLiteral quantifier = inner.getFunctionQuantifier();
    boolean distinct = quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
    Modifiers around = new Modifiers(distinct, order, filter, ignoreNulls, over);
    String name = inner.getOperator().getName().toLowerCase(Locale.ROOT);
    if (!has(name)) {
      throw Refused.engine("the aggregate " + name, call);
    }
    Call one =
        new Call(
            name, inner, arguments, around, descending.contains(true), ordered(call), scope, ctes);
    return one.written();
  }

  private static @Nullable SqlNode ordered(SqlCall call) {
    SqlNode each = call;
    while (each instanceof SqlCall inner
        && switch (inner.getKind()) {
          case OVER, FILTER, IGNORE_NULLS, RESPECT_NULLS -> true;
          default -> false;
        }) {
      each = inner.operand(0);
    }
    if (each instanceof SqlCall within
        && within.getKind() == org.apache.calcite.sql.SqlKind.WITHIN_GROUP) {
      return bare(((SqlNodeList) within.operand(1)).get(0));
    }
    return null;
  }

  private static SqlNode bare(SqlNode item) {
    return switch (item.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST -> bare(((SqlCall) item).operand(0));
      default -> item;
    };
  }

  private static boolean isDescending(SqlNode item) {
    return switch (item.getKind()) {
      case DESCENDING -> true;
      case NULLS_FIRST, NULLS_LAST -> isDescending(((SqlCall) item).operand(0));
      default -> false;
    };
  }

  List<Sql> orders(SqlNodeList items, Scope scope, Ctes ctes) {
    List<Sql> orders = new ArrayList<>();
    for (SqlNode item : items) {
      orders.add(order(item, expressions.of(bare(item), scope, ctes).sql()));
    }
    return orders;
  }

  /** An item of an order around what is ordered by. */
  static Sql order(SqlNode item, Sql by) {
    return switch (item.getKind()) {
      case DESCENDING -> Sql.of("% DESC", order(((SqlCall) item).operand(0), by));
      case NULLS_FIRST -> Sql.of("% NULLS FIRST", order(((SqlCall) item).operand(0), by));
      case NULLS_LAST -> Sql.of("% NULLS LAST", order(((SqlCall) item).operand(0), by));
      default -> by;
    };
  }

  /** What an item of an order is by, without its direction. */
  static SqlNode by(SqlNode item) {
    return bare(item);
  }

  Sql window(SqlNode node, Scope scope, Ctes ctes) {
    if (node instanceof SqlIdentifier name) {
      return Sql.name(name.getSimple());
    }
    SqlWindow window = (SqlWindow) node;
    List<Sql> parts = new ArrayList<>();
    if (window.getRefName() != null) {
      parts.add(Sql.name(window.getRefName().getSimple()));
    }
    if (!window.getPartitionList().isEmpty()) {
      parts.add(
          Sql.of(
              "PARTITION BY %",
              Sql.joined(
                  ", ",
                  expressions.all(window.getPartitionList(), scope, ctes).stream()
                      .map(Expr::sql)
                      .toList())));
    }
    if (!window.getOrderList().isEmpty()) {
      parts.add(Sql.of("ORDER BY %", Sql.joined(", ", orders(window.getOrderList(), scope, ctes))));
    }
    SqlNode lower = window.getLowerBound();
    if (lower != null) {
      String kind = window.isRows() ? "ROWS " : "RANGE ";
      Sql from = bound(lower, scope, ctes);
      SqlNode upper = window.getUpperBound();
      parts.add(
          upper == null
              ? Sql.of(kind + "%", from)
              : Sql.of(kind + "BETWEEN % AND %", from, bound(upper, scope, ctes)));
    }
    return Sql.of("(%)", Sql.joined(" ", parts));
  }

  private Sql bound(SqlNode bound, Scope scope, Ctes ctes) {
    if (SqlWindow.isCurrentRow(bound)) {
      return new Sql.Words("CURRENT ROW");
    }
    if (SqlWindow.isUnboundedPreceding(bound)) {
      return new Sql.Words("UNBOUNDED PRECEDING");
    }
    if (SqlWindow.isUnboundedFollowing(bound)) {
      return new Sql.Words("UNBOUNDED FOLLOWING");
    }
    SqlCall call = (SqlCall) bound;
    return Sql.of(
        "% " + (call.getOperator() == SqlWindow.PRECEDING_OPERATOR ? "PRECEDING" : "FOLLOWING"),
        expressions.of(call.operand(0), scope, ctes).sql());
  }

  /** One call of an aggregate with what is around it. */
  private final class Call {
    private final String name;
    private final SqlCall call;
    private final List<SqlNode> arguments;
    private final Modifiers around;
    private final boolean descending;
    private final @Nullable SqlNode orderedBy;
    private final Scope scope;
    private final Ctes ctes;

    Call(
        String name,
        SqlCall call,
        List<SqlNode> arguments,
        Modifiers around,
        boolean descending,
        @Nullable SqlNode orderedBy,
        Scope scope,
        Ctes ctes) {
      this.name = name;
      this.call = call;
      this.arguments = arguments;
      this.around = around;
      this.descending = descending;
      this.orderedBy = orderedBy;
      this.scope = scope;
      this.ctes = ctes;
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
        case "min", "max" -> {
          count(1, 1);
          yield new Expr(around.unordered().call(name, 0, at(0).sql()), at(0).type());
        }
        case "any_value", "arbitrary" -> {
          count(1, 1);
          yield new Expr(around.call("arbitrary", 0, at(0).sql()), at(0).type());
        }
        case "bool_and", "bool_or", "every" ->
            new Expr(around.call(name, 0, at(0).sql()), Simple.BOOLEAN);
        case "count_if" -> {
          count(1, 1);
          yield new Expr(around.call("count_if", 0, at(0).sql()), Simple.BIGINT);
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
        case "corr" -> correlation();
        case "skewness" -> skewness();
        case "grouping" ->
            Expr.of(
                Simple.BIGINT, "CAST(grouping(%) AS BIGINT)", Sql.joined(", ", List.of(sqls())));
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
      Decimal type = exact(value);
      return new Expr(around.call("sum", 0, value.as(type).sql()), type);
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
              "listagg("
                  + (around.distinct() ? "DISTINCT " : "")
                  + "%, %) WITHIN GROUP (ORDER BY %)",
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
              translation.used(),
              sorted(translation.casts().floating(at(0))),
              new Sql.Words("5e-1")),
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
          around.call("corr", 0, floating(0), floating(1)),
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
}
