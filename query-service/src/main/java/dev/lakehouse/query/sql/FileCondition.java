package dev.lakehouse.query.sql;

import dev.lakehouse.query.guard.Condition;
import dev.lakehouse.query.guard.Seen;
import dev.lakehouse.query.table.TableSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one table as Iceberg has it: a column and a value compared, IN, BETWEEN, IS NULL,
 * and these under AND and OR. Everything else is not understood.
 */
final class FileCondition {
  private final Condition condition;
  private final List<TableSnapshot> tables;
  private final List<Seen> seen;
  private final FileValues values;

  /**
   * @param seen what the query sees of each table
   */
  FileCondition(
      Condition condition,
      List<TableSnapshot> tables,
      List<Seen> seen,
      List<@Nullable Object> parameters) {
    this.condition = condition;
    this.tables = tables;
    this.seen = seen;
    this.values = new FileValues(parameters);
  }

  /** The expression, true for at least the rows that count; null if it is not understood. */
  @Nullable Expression expression() {
    return of(condition.node());
  }

  private @Nullable Expression of(SqlNode node) {
    if (!(node instanceof SqlCall call)) {
      return null;
    }
    return switch (call.getKind()) {
      case AND -> and(call);
      case OR -> or(call);
      case EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          compared(call.getKind(), call.operand(0), call.operand(1));
      case BETWEEN -> between(call);
      case IN -> in(call);
      case IS_NULL, IS_NOT_NULL -> {
        NestedField column = column(call.operand(0));
        yield column == null
            ? null
            : call.getKind() == SqlKind.IS_NULL
                ? Expressions.isNull(column.name())
                : Expressions.notNull(column.name());
      }
      default -> null;
    };
  }

  /** What is not understood may be true of any row, and so leaves what the other says. */
  private @Nullable Expression and(SqlCall call) {
    Expression left = of(call.operand(0));
    Expression right = of(call.operand(1));
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    return Expressions.and(left, right);
  }

  private @Nullable Expression or(SqlCall call) {
    Expression left = of(call.operand(0));
    Expression right = of(call.operand(1));
    return left == null || right == null ? null : Expressions.or(left, right);
  }

  private @Nullable Expression compared(SqlKind kind, SqlNode left, SqlNode right) {
    NestedField column = column(left);
    if (column == null) {
      column = column(right);
      return column == null ? null : compared(kind.reverse(), column, left);
    }
    return compared(kind, column, right);
  }

  private @Nullable Expression compared(SqlKind kind, NestedField column, SqlNode with) {
    Object value = values.of(with, column.type());
    if (value == null) {
      return null;
    }
    return switch (kind) {
      case EQUALS -> Expressions.equal(column.name(), value);
      case LESS_THAN -> Expressions.lessThan(column.name(), value);
      case LESS_THAN_OR_EQUAL -> Expressions.lessThanOrEqual(column.name(), value);
      case GREATER_THAN -> Expressions.greaterThan(column.name(), value);
      case GREATER_THAN_OR_EQUAL -> Expressions.greaterThanOrEqual(column.name(), value);
      default -> null;
    };
  }

  private @Nullable Expression between(SqlCall call) {
    NestedField column = column(call.operand(0));
    if (column == null || !call.getOperator().getName().equals("BETWEEN ASYMMETRIC")) {
      return null;
    }
    Expression least = compared(SqlKind.GREATER_THAN_OR_EQUAL, column, call.operand(1));
    Expression most = compared(SqlKind.LESS_THAN_OR_EQUAL, column, call.operand(2));
    return least == null || most == null ? null : Expressions.and(least, most);
  }

  private @Nullable Expression in(SqlCall call) {
    NestedField column = column(call.operand(0));
    if (column == null
        || !call.getOperator().getName().equals("IN")
        || !(call.operand(1) instanceof SqlNodeList list)) {
      return null;
    }
    List<Object> all = new ArrayList<>();
    for (SqlNode each : list) {
      Object value = values.of(each, column.type());
      if (value == null) {
        return null;
      }
      all.add(value);
    }
    return Expressions.in(column.name(), all);
  }

  /**
   * The table's column that a name means for certain, or null; also where the query sees something
   * else under the name, for the metrics are those of the table's own values.
   */
  private @Nullable NestedField column(SqlNode node) {
    NestedField column = meant(node);
    if (column != null && seen.get(condition.use()) instanceof Seen.Part part) {
      boolean plain =
          part.items().stream().anyMatch(each -> each.isPlain() && each.field().equals(column));
      return plain ? column : null;
    }
    return column;
  }

  private @Nullable NestedField meant(SqlNode node) {
    if (!(node instanceof SqlIdentifier name) || name.isStar() || name.names.size() > 2) {
      return null;
    }
    String column = name.names.get(name.names.size() - 1);
    if (name.names.size() == 2) {
      String table = name.names.get(0);
      boolean certain = table.equalsIgnoreCase(condition.alias()) && !hasAny(table);
      return certain ? field(condition.use(), column) : null;
    }
    boolean certain =
        condition.bareColumns()
            && condition.beside().stream().allMatch(other -> field(other, column) == null);
    return certain ? field(condition.use(), column) : null;
  }

  private boolean hasAny(String column) {
    return field(condition.use(), column) != null
        || condition.beside().stream().anyMatch(other -> field(other, column) != null);
  }

  private @Nullable NestedField field(int use, String column) {
    return tables.get(use).schema().columns().stream()
        .filter(each -> each.name().equalsIgnoreCase(column))
        .findFirst()
        .orElse(null);
  }
}
