package dev.lakehouse.query.trino;

import dev.lakehouse.query.guard.AtTimeZone;
import dev.lakehouse.query.trino.Source.Column;
import dev.lakehouse.query.trino.ValueType.ListOf;
import dev.lakehouse.query.trino.ValueType.MapOf;
import dev.lakehouse.query.trino.ValueType.Simple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;

/** Expressions with their types, in Trino's words. */
final class Expressions {
  private final Translation translation;
  private final Literals literals;
  private final Casts casts;
  private final Arithmetic arithmetic;
  private final Aggregates aggregates;

  Expressions(Translation translation) {
    this.translation = translation;
    this.literals = new Literals(translation);
    this.casts = translation.casts();
    this.arithmetic = new Arithmetic(translation);
    this.aggregates = new Aggregates(translation, this);
  }

  List<Expr> all(Iterable<? extends SqlNode> nodes, Scope scope, Ctes ctes) {
    List<Expr> all = new ArrayList<>();
    for (SqlNode node : nodes) {
      all.add(of(node, scope, ctes));
    }
    return all;
  }

  Expr of(SqlNode node, Scope scope, Ctes ctes) {
    if (node instanceof SqlIdentifier name) {
      return named(name, scope);
    }
    if (node instanceof SqlLiteral literal) {
      return literals.of(literal);
    }
    if (node instanceof SqlDynamicParam parameter) {
      return literals.parameter(parameter);
    }
    if (translation.queries().isQuery(node)) {
      return scalar(node, scope, ctes);
    }
    if (node instanceof SqlCall call) {
      return call(call, scope, ctes);
    }
    throw Refused.engine("this expression", node);
  }

  /** A column, or what the clock says, which is written like one. */
  private Expr named(SqlIdentifier name, Scope scope) {
    Column column = scope.find(name);
    Expr clock = column == null && name.isSimple() ? TimeFunctions.clock(name.getSimple()) : null;
    return clock == null ? column(name, scope).value() : clock;
  }

  /** The column that a name means. */
  Column column(SqlIdentifier name, Scope scope) {
    Column found = scope.find(name);
    if (found == null) {
      throw translation.unknown(name, scope);
    }
    return found;
  }

  private Expr scalar(SqlNode query, Scope scope, Ctes ctes) {
    Translated inner = translation.queries().of(query, scope, ctes);
    if (inner.outputs().size() != 1) {
      throw Refused.failed("a subquery in an expression has one column");
    }
    return Expr.of(inner.outputs().get(0).type(), "(%)", inner.sql());
  }

  private Expr call(SqlCall call, Scope scope, Ctes ctes) {
    AtTimeZone zoned = AtTimeZone.of(call);
    if (zoned != null) {
      Expr moment = casts.beside(of(zoned.moment(), scope, ctes), Simple.TIMESTAMPTZ, call);
      return Expr.of(
          Simple.TIMESTAMP,
          "CAST(at_timezone(CAST(% AS TIMESTAMP(6) WITH TIME ZONE), %) AS TIMESTAMP(6))",
          moment.sql(),
          of(zoned.zone(), scope, ctes).sql());
    }
    return switch (call.getKind()) {
      case CAST, SAFE_CAST -> cast(call, scope, ctes);
      case CASE -> cases((SqlCase) call, scope, ctes);
      case IN, NOT_IN -> in(call, scope, ctes);
      case EXISTS ->
          Expr.of(
              Simple.BOOLEAN,
              "EXISTS (%)",
              translation.queries().of(call.operand(0), scope, ctes).sql());
      case SOME, ALL -> quantified(call, scope, ctes);
      case OVER, FILTER, WITHIN_GROUP, IGNORE_NULLS, RESPECT_NULLS ->
          aggregates.of(call, scope, ctes);
      case ROW ->
          Expr.of(
              Simple.UNKNOWN,
              "ROW(%)",
              Sql.joined(
                  ", ", all(call.getOperandList(), scope, ctes).stream().map(Expr::sql).toList()));
      case ITEM -> item(call, scope, ctes);
      case AS -> of(call.operand(0), scope, ctes);
      default -> other(call, scope, ctes);
    };
  }

  private Expr other(SqlCall call, Scope scope, Ctes ctes) {
    String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
    if (aggregates.has(name)) {
      return aggregates.of(call, scope, ctes);
    }
    if (call.getOperator() instanceof SqlFunction || name.equals("array")) {
      Writing writing = Functions.of(name);
      if (writing == null) {
        throw Refused.engine("the function " + name, call);
      }
      return writing.of(new Args(translation, name, call, scope, ctes));
    }
    return arithmetic.of(call, all(call.getOperandList(), scope, ctes));
  }

  private Expr cast(SqlCall call, Scope scope, Ctes ctes) {
    Expr value = of(call.operand(0), scope, ctes);
    if (!(call.operand(1) instanceof SqlDataTypeSpec spec)) {
      throw Refused.engine("this cast", call);
    }
    String how = call.getKind() == SqlKind.SAFE_CAST ? "TRY_CAST" : "CAST";
    ValueType to = Casts.type(spec);
    if (to == Simple.BINARY && value.constant() instanceof String text && text.indexOf('\\') < 0) {
      return Expr.of(Simple.BINARY, "to_utf8(%)", value.sql());
    }
    return casts.cast(value, to, how, call);
  }

  private Expr cases(SqlCase cases, Scope scope, Ctes ctes) {
    List<Expr> results = all(cases.getThenOperands(), scope, ctes);
    SqlNode otherwise = cases.getElseOperand();
    if (otherwise != null) {
      results.add(of(otherwise, scope, ctes));
    }
    List<Expr> same = unified(results, cases);
    List<Sql> parts = new ArrayList<>();
    SqlNode compared = cases.getValueOperand();
    Expr value = compared == null ? null : of(compared, scope, ctes);
    for (int i = 0; i < cases.getWhenOperands().size(); i++) {
      Expr when = of(cases.getWhenOperands().get(i), scope, ctes);
      if (value != null) {
        when = casts.beside(when, value.type(), cases);
      }
      parts.add(Sql.of("WHEN % THEN %", when.sql(), same.get(i).sql()));
    }
    if (otherwise != null) {
      parts.add(Sql.of("ELSE %", same.get(same.size() - 1).sql()));
    }
    return Expr.of(
        typeOf(same),
        "(CASE % % END)",
        value == null ? new Sql.Words("") : value.sql(),
        Sql.joined(" ", parts));
  }

  /** Values that must be of one type: literal texts become what the others are. */
  List<Expr> unified(List<Expr> values, SqlNode at) {
    ValueType type = Simple.UNKNOWN;
    for (Expr value : values) {
      if (!value.isLiteralText()) {
        type = ValueType.common(type, value.type());
      }
    }
    List<Expr> same = new ArrayList<>();
    for (Expr value : values) {
      same.add(casts.beside(value, type, at));
    }
    return same;
  }

  static ValueType typeOf(List<Expr> values) {
    ValueType type = Simple.UNKNOWN;
    for (Expr value : values) {
      type = ValueType.common(type, value.type());
    }
    return type;
  }

  private Expr in(SqlCall call, Scope scope, Ctes ctes) {
    Expr value = of(call.operand(0), scope, ctes);
    String not = call.getKind() == SqlKind.NOT_IN ? "NOT " : "";
    SqlNode right = call.operand(1);
    if (right instanceof SqlNodeList list) {
      List<Sql> each = new ArrayList<>();
      Expr left = value;
      for (Expr candidate : all(list, scope, ctes)) {
        left = casts.beside(left, candidate.type(), call);
        each.add(casts.beside(candidate, value.type(), call).sql());
      }
      return Expr.of(Simple.BOOLEAN, "(% " + not + "IN (%))", left.sql(), Sql.joined(", ", each));
    }
    return Expr.of(
        Simple.BOOLEAN,
        "(% " + not + "IN (%))",
        value.sql(),
        translation.queries().of(right, scope, ctes).sql());
  }

  private Expr quantified(SqlCall call, Scope scope, Ctes ctes) {
    Expr value = of(call.operand(0), scope, ctes);
    String operator = call.getOperator().getName();
    if (!translation.queries().isQuery(call.operand(1))) {
      throw Refused.engine(operator + " of anything but a query", call);
    }
    return Expr.of(
        Simple.BOOLEAN,
        "(% " + operator + " (%))",
        value.sql(),
        translation.queries().of(call.operand(1), scope, ctes).sql());
  }

  /** An element that is not there is null. */
  private Expr item(SqlCall call, Scope scope, Ctes ctes) {
    Expr of = of(call.operand(0), scope, ctes);
    Expr at = of(call.operand(1), scope, ctes);
    if (of.type() instanceof MapOf map) {
      return Expr.of(
          map.value(), "element_at(%, %)", of.sql(), casts.beside(at, map.key(), call).sql());
    }
    if (of.type() instanceof ListOf list) {
      boolean never0 = at.constant() instanceof BigDecimal index && index.signum() != 0;
      return never0
          ? Expr.of(list.element(), "element_at(%, %)", of.sql(), at.sql())
          : Expr.of(
              list.element(), "IF(% = 0, NULL, element_at(%, %))", at.sql(), of.sql(), at.sql());
    }
    if (of.type() instanceof ValueType.StructOf struct && at.constant() instanceof String field) {
      for (ValueType.StructOf.Field each : struct.fields()) {
        if (each.name().equalsIgnoreCase(field)) {
          return Expr.of(each.type(), "%.%", of.sql(), Sql.name(each.name()));
        }
      }
    }
    throw Refused.engine("[…] of a value of type " + of.type().shown(), call);
  }

  /** A window by its name or in full. */
  Sql window(SqlNode window, Scope scope, Ctes ctes) {
    return aggregates.window(window, scope, ctes);
  }
}
