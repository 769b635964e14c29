package dev.lakehouse.query.sql;

import dev.lakehouse.query.guard.Condition;
import dev.lakehouse.query.guard.GuardedQuery;
import dev.lakehouse.query.guard.Seen;
import dev.lakehouse.query.table.TableSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out the files of a query's tables in which, by Iceberg's metrics, no row can fulfil the
 * query's conditions. Conditions that are not understood leave nothing out.
 */
final class Reach {
  private final GuardedQuery query;
  private final List<TableSnapshot> tables;
  private final List<Seen> seen;
  private final List<@Nullable Object> parameters;

  /**
   * @param seen what the query sees of each table
   */
  Reach(
      GuardedQuery query,
      List<TableSnapshot> tables,
      List<Seen> seen,
      List<@Nullable Object> parameters) {
    this.query = query;
    this.tables = tables;
    this.seen = seen;
    this.parameters = parameters;
  }

  /** The tables with the files that are needed. */
  List<TableSnapshot> needed() {
    List<TableSnapshot> needed = new ArrayList<>(tables);
    for (int use = 0; use < tables.size(); use++) {
      TableSnapshot table = tables.get(use);
      if (table.files().size() > 1) {
        Expression rows = rows(use);
        if (rows != Expressions.alwaysTrue()) {
          needed.set(use, table.reduced(rows));
        }
      }
    }
    return needed;
  }

  private Expression rows(int use) {
    Expression rows = Expressions.alwaysTrue();
    for (Condition condition : query.conditions()) {
      if (condition.use() == use) {
        Expression part = new FileCondition(condition, tables, seen, parameters).expression();
        rows = part == null ? rows : Expressions.and(rows, part);
      }
    }
    return rows;
  }
}
