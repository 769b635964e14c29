package dev.lakehouse.query.guard;

import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * An expression of the dialect with names in it that stand for other expressions. Safe for use by
 * many threads.
 */
public final class Formula {
  private final SqlNode tree;

  Formula(SqlNode tree) {
    this.tree = tree;
  }

  /**
   * The expression of a text of this program's own.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException {@code sql_syntax}
   */
  public static Formula of(String text) {
    return new SqlFront().formula(text);
  }

  /**
   * The expression with what its names stand for.
   *
   * @param meanings of all its names
   */
  public SqlNode with(Map<String, SqlNode> meanings) {
    SqlNode whole =
        tree.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlIdentifier id) {
                SqlNode meaning = meanings.get(id.getSimple());
                if (meaning == null) {
                  throw new IllegalArgumentException("nothing stands for " + id);
                }
                return meaning;
              }
            });
    if (whole == null) {
      throw new IllegalStateException("a formula vanished");
    }
    return whole;
  }
}
