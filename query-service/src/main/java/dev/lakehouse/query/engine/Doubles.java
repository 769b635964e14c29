package dev.lakehouse.query.engine;

import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Numbers as doubles: between two decimals DuckDB would else round to one. */
final class Doubles {
  private Doubles() {}

  /** The expression, or the item of an order, cast to double. */
  static SqlNode of(SqlNode node) {
    SqlParserPos position = node.getParserPosition();
    if (node instanceof SqlCall order
        && (order.getKind() == SqlKind.DESCENDING
            || order.getKind() == SqlKind.NULLS_FIRST
            || order.getKind() == SqlKind.NULLS_LAST)) {
      return order.getOperator().createCall(position, of(order.operand(0)));
    }
    SqlDataTypeSpec type =
        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.DOUBLE, position), position);
    return SqlStdOperatorTable.CAST.createCall(position, node, type);
  }
}
