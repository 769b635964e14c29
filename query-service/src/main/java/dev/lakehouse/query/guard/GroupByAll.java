package dev.lakehouse.query.guard;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** {@code GROUP BY ALL}: by every selected item that has no aggregate in it. */
final class GroupByAll {
  private GroupByAll() {}

  static void expand(SqlSelect select) {
    SqlNodeList group = select.getGroup();
    if (group == null
        || group.size() != 1
        || !(group.get(0) instanceof SqlIdentifier all)
        || !all.isSimple()
        || !all.getSimple().equals(Spellings.GROUP_BY_ALL)) {
      return;
    }
    SqlNodeList items = new SqlNodeList(group.getParserPosition());
    SqlNodeList selected = select.getSelectList();
    for (int i = 0; i < selected.size(); i++) {
      SqlNode item = selected.get(i);
      if (item instanceof SqlStarExclude
          || (item instanceof SqlIdentifier column && column.isStar())) {
        throw Refusals.notAllowed("a star with GROUP BY ALL", item.getParserPosition());
      }
      if (!hasAggregate(item)) {
        items.add(SqlLiteral.createExactNumeric(Integer.toString(i + 1), all.getParserPosition()));
      }
    }
    select.setGroupBy(items.isEmpty() ? null : items);
  }

  private static boolean hasAggregate(SqlNode item) {
    boolean[] found = new boolean[1];
    item.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            if (Guard.isQuery(call)) {
              return null;
            }
            if (call.getKind() == SqlKind.OVER && call.operand(0) instanceof SqlCall windowed) {
              windowed.getOperandList().forEach(this::into);
              into(call.operand(1));
              return null;
            }
            found[0] |=
                call.getOperator() instanceof SqlFunction function
                    && Functions.isAggregate(function.getName());
            return super.visit(call);
          }

          private void into(@Nullable SqlNode part) {
            if (part != null) {
              part.accept(this);
            }
          }
        });
    return found[0];
  }
}
