package dev.lakehouse.query.guard;

import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Where nulls come in an order. */
final class Orders {
  private Orders() {}

  /**
   * Says of each item that nulls come last, ascending or descending, if it says nothing itself; so
   * no engine's own habit decides.
   */
  static void nullsLast(SqlNodeList order) {
    for (int i = 0; i < order.size(); i++) {
      SqlNode item = order.get(i);
      if (item.getKind() != SqlKind.NULLS_FIRST && item.getKind() != SqlKind.NULLS_LAST) {
        order.set(i, SqlStdOperatorTable.NULLS_LAST.createCall(item.getParserPosition(), item));
      }
    }
  }
}
