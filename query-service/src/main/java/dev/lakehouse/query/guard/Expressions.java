package dev.lakehouse.query.guard;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLambda;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWindow;
import org.jspecify.annotations.Nullable;

/** Checks expressions; queries inside them go back to the {@link Guard}. */
final class Expressions {
  /** Names that engines answer themselves when no column has them. */
  private static final Set<String> VALUE_NAMES =
      Set.of(
          "current_catalog",
          "current_database",
          "current_path",
          "current_role",
          "current_schema",
          "current_schemas",
          "current_user",
          "session_user",
          "system_user",
          "user");

  private final Guard guard;

  Expressions(Guard guard) {
    this.guard = guard;
  }

  void maybe(@Nullable SqlNode node, Set<String> ctes) {
    if (node != null) {
      check(node, ctes);
    }
  }

  void all(Iterable<? extends @Nullable SqlNode> nodes, Set<String> ctes) {
    for (SqlNode node : nodes) {
      maybe(node, ctes);
    }
  }

  void check(SqlNode node, Set<String> ctes) {
    if (node instanceof SqlIdentifier identifier) {
      column(identifier);
    } else if (node instanceof SqlLiteral literal) {
      Leaves.literal(literal);
    } else if (node instanceof SqlDynamicParam) {
      guard.parameterUsed();
    } else if (node instanceof SqlDataTypeSpec type) {
      Leaves.type(type);
    } else if (node instanceof SqlIntervalQualifier qualifier) {
      Leaves.part(qualifier);
    } else if (node instanceof SqlNodeList list) {
      all(list, ctes);
    } else if (Guard.isQuery(node)) {
      guard.query(node, ctes);
    } else if (node instanceof SqlWindow window) {
      window(window, ctes);
    } else if (node instanceof SqlCall call) {
      call(call, ctes);
    } else {
      throw Refusals.notAllowed(Leaves.describe(node), node);
    }
  }

  private void column(SqlIdentifier identifier) {
    withoutSchema(identifier);
    if (identifier.isStar()) {
      throw Refusals.notAllowed("a star here", identifier.getParserPosition());
    }
    if (identifier.names.stream().anyMatch(String::isEmpty)) {
      throw Refusals.notAllowed("an empty name", identifier.getParserPosition());
    }
    if (identifier.isSimple()
        && VALUE_NAMES.contains(identifier.getSimple().toLowerCase(Locale.ROOT))) {
      throw Refusals.notAllowed(
          "the name " + identifier + " without its table", identifier.getParserPosition());
    }
    guard.columnUsed(identifier);
  }

  /** Makes {@code lake.t.c} into {@code t.c}, for tables are known by their own name here. */
  static void withoutSchema(SqlIdentifier identifier) {
    int size = identifier.names.size();
    if (size > 2 && identifier.names.get(0).equalsIgnoreCase(Guard.lake())) {
      identifier.assignNamesFrom(identifier.getComponent(1, size));
    }
  }

  private void window(SqlWindow window, Set<String> ctes) {
    if (window.getDeclName() != null) {
      Guard.plainName(window.getDeclName());
    }
    if (window.getRefName() != null) {
      Guard.plainName(window.getRefName());
    }
    all(window.getPartitionList(), ctes);
    Orders.nullsLast(window.getOrderList());
    all(window.getOrderList(), ctes);
    maybe(window.getLowerBound(), ctes);
    maybe(window.getUpperBound(), ctes);
  }

  private void call(SqlCall call, Set<String> ctes) {
    SqlOperator operator = call.getOperator();
    AtTimeZone zoned = AtTimeZone.of(call);
    if (zoned != null) {
      check(zoned.moment(), ctes);
      check(zoned.zone(), ctes);
      return;
    }
    if (call instanceof SqlLambda) {
      throw Refusals.notAllowed("a lambda here", call.getParserPosition());
    }
    if (operator instanceof SqlFunction function) {
      function(call, function, ctes);
      return;
    }
    if (!Functions.isOperator(operator.getName())) {
      throw Refusals.notAllowed(operator.getName(), call);
    }
    if (call.getKind() == SqlKind.AS) {
      check(call.operand(0), ctes);
      alias(call.operand(1));
    } else if (call.getKind() == SqlKind.OVER && call.operand(1) instanceof SqlIdentifier window) {
      check(call.operand(0), ctes);
      Guard.plainName(window);
    } else {
      if (call.getKind() == SqlKind.WITHIN_GROUP) {
        Orders.nullsLast(call.operand(1));
      }
      all(call.getOperandList(), ctes);
    }
  }

  private static void alias(SqlNode alias) {
    if (!(alias instanceof SqlIdentifier name) || !name.isSimple() || name.isStar()) {
      throw Refusals.notAllowed("the alias " + alias, alias.getParserPosition());
    }
  }

  private void function(SqlCall call, SqlFunction function, Set<String> ctes) {
    SqlIdentifier id = function.getSqlIdentifier();
    String name = function.getName();
    if ((id != null && !id.isSimple()) || !Functions.isFunction(name)) {
      throw Refusals.notAllowed(
          "the function " + (id == null ? name : id.toString()), call.getParserPosition());
    }
    SqlNode quantifier = call.getFunctionQuantifier();
    if (quantifier != null) {
      check(quantifier, ctes);
    }
    boolean countsRows = name.toLowerCase(Locale.ROOT).equals("count");
    if ((function.getKind() == SqlKind.CAST || function.getKind() == SqlKind.SAFE_CAST)
        && call.operandCount() > 2) {
      throw Refusals.notAllowed("CAST with FORMAT", call.getParserPosition());
    }
    if (name.equalsIgnoreCase("JSON_VALUE") && call.operandCount() > 2) {
      throw Refusals.notAllowed("JSON_VALUE with clauses", call.getParserPosition());
    }
    for (SqlNode operand : call.getOperandList()) {
      if (operand instanceof SqlIntervalQualifier && function.getKind() != SqlKind.EXTRACT) {
        throw Refusals.notAllowed("a unit of time here", operand.getParserPosition());
      }
      if (operand instanceof SqlNodeList order) {
        Orders.nullsLast(order);
      }
      if (operand instanceof SqlLambda lambda) {
        lambda.getParameters().forEach(Guard::plainName);
        check(lambda.getExpression(), ctes);
      } else if (!(countsRows
          && call.operandCount() == 1
          && operand instanceof SqlIdentifier star
          && star.isStar()
          && star.names.size() == 1)) {
        maybe(operand, ctes);
      }
    }
  }
}
