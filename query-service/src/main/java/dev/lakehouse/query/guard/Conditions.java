package dev.lakehouse.query.guard;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Finds, for each table of a query, the conditions in the WHERE beside it. The side of an outer
 * join that may be missing is left out: there, a condition can be true of rows that are not there.
 */
final class Conditions {
  /** A table in one FROM. */
  private record Source(int use, String alias, boolean always) {}

  private final List<Condition> found = new ArrayList<>();

  private Conditions() {}

  static List<Condition> of(SqlNode query, int tables) {
    Conditions conditions = new Conditions();
    if (tables > 0) {
      query.accept(
          new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
              if (call instanceof SqlSelect select
                  && select.getFrom() != null
                  && select.getWhere() != null) {
                conditions.add(select.getFrom(), select.getWhere());
              }
              return super.visit(call);
            }
          });
    }
    return List.copyOf(conditions.found);
  }

  private void add(SqlNode from, SqlNode where) {
    List<Source> sources = new ArrayList<>();
    boolean allKnown = collect(from, true, sources);
    List<SqlNode> parts = new ArrayList<>();
    split(where, parts);
    for (Source source : sources) {
      if (!source.always) {
        continue;
      }
      List<Integer> beside =
          sources.stream().filter(each -> each.use != source.use).map(Source::use).toList();
      for (SqlNode part : parts) {
        found.add(new Condition(source.use, source.alias, beside, allKnown, part));
      }
    }
  }

  private static void split(SqlNode condition, List<SqlNode> parts) {
    if (condition instanceof SqlCall and && and.getKind() == SqlKind.AND) {
      and.getOperandList().forEach(each -> split(each, parts));
    } else {
      parts.add(condition);
    }
  }

  /** Whether every source is a table under its own columns' names. */
  private static boolean collect(SqlNode from, boolean always, List<Source> sources) {
    if (from instanceof SqlJoin join) {
      boolean left =
          switch (join.getJoinType()) {
            case INNER, CROSS, COMMA, LEFT -> true;
            default -> false;
          };
      boolean right =
          switch (join.getJoinType()) {
            case INNER, CROSS, COMMA, RIGHT -> true;
            default -> false;
          };
      boolean first = collect(join.getLeft(), always && left, sources);
      return collect(join.getRight(), always && right, sources) && first;
    }
    if (from instanceof SqlCall as
        && as.getKind() == SqlKind.AS
        && as.operandCount() == 2
        && as.operand(0) instanceof DatasetRef ref
        && as.operand(1) instanceof SqlIdentifier alias) {
      sources.add(new Source(ref.use(), alias.getSimple(), always));
      return true;
    }
    return false;
  }
}
