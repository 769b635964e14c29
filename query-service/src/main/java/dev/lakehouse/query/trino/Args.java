package dev.lakehouse.query.trino;

import dev.lakehouse.query.trino.ValueType.Simple;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLambda;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** The call of a function and what is known around it. */
record Args(Translation translation, String name, SqlCall call, Scope scope, Ctes ctes) {
  int count() {
    return call.operandCount();
  }

  SqlNode node(int i) {
    return call.operand(i);
  }

  /** Refuses a call with another number of arguments. */
  Args count(int least, int most) {
    if (count() < least || count() > most) {
      throw Refused.type(name + " does not take " + count() + " arguments", call);
    }
    return this;
  }

  Expr at(int i) {
    if (i >= count()) {
      throw Refused.type(name + " does not take " + count() + " arguments", call);
    }
    return translation.expressions().of(node(i), scope, ctes);
  }

  List<Expr> all() {
    return translation.expressions().all(call.getOperandList(), scope, ctes);
  }

  Casts casts() {
    return translation.casts();
  }

  Set<Prelude> used() {
    return translation.used();
  }

  /** An argument as a text. */
  Sql text(int i) {
    return casts().text(at(i), node(i)).sql();
  }

  /** An argument as a double. */
  Sql floating(int i) {
    Expr value = at(i);
    if (!value.type().isNumber() && !value.is(Simple.UNKNOWN) && !value.isLiteralText()) {
      throw Refused.type(name + " of a value of type " + value.type().shown(), node(i));
    }
    return casts().floating(value).sql();
  }

  /** The text that an argument is in the query itself, or null. */
  @Nullable String literal(int i) {
    return at(i).constant() instanceof String text ? text : null;
  }

  /** The elements' type of an argument that is a list. */
  ValueType element(int i) {
    if (at(i).type() instanceof ValueType.ListOf list) {
      return list.element();
    }
    throw Refused.type(name + " needs a list, not " + at(i).type().shown(), node(i));
  }

  /** A lambda of one parameter, with its result's type. */
  Expr lambda(int i, ValueType parameter) {
    if (!(node(i) instanceof SqlLambda lambda)
        || lambda.getParameters().size() != 1
        || !(lambda.getParameters().get(0) instanceof SqlIdentifier name)) {
      throw Refused.type("a lambda of one parameter is needed", node(i));
    }
    Scope inner = scope.with(name.getSimple(), new Expr(Sql.name(name.getSimple()), parameter));
    Expr result = translation.expressions().of(lambda.getExpression(), inner, ctes);
    return Expr.of(result.type(), "% -> %", Sql.name(name.getSimple()), result.sql());
  }
}
