package dev.lakehouse.query.trino;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWindow;
import org.jspecify.annotations.Nullable;

/** Aggregates and window functions. */
final class Aggregates {
  /** Those that are written in a way of their own. */
  private static final Set<String> NAMES =
      Set.of(
          "count",
          "sum",
          "avg",
          "min",
          "max",
          "corr",
          "regr_slope",
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
    return AggregateCall.isPlain(name) || NAMES.contains(name);
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
    return new AggregateCall(
            translation,
            name,
            inner,
            arguments,
            around,
            descending.contains(true),
            ordered(call),
            scope,
            ctes)
        .written();
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
    if (each instanceof SqlCall within && within.getKind() == SqlKind.WITHIN_GROUP) {
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
        "% " + (call.getKind() == SqlKind.PRECEDING ? "PRECEDING" : "FOLLOWING"),
        expressions.of(call.operand(0), scope, ctes).sql());
  }
}
