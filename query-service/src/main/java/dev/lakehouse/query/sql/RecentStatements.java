package dev.lakehouse.query.sql;

import dev.lakehouse.query.guard.SqlFront;
import dev.lakehouse.query.guard.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was accepted last, by its text, so that a statement that is asked again is parsed once. What
 * a text means is decided by nothing but the text. Safe for use by many threads.
 */
final class RecentStatements {
  private static final int MOST = 256;

  /** Longer statements are not kept, in characters. */
  private static final int LONGEST = 10_000;

  private final SqlFront front;
  private final Map<String, Statement> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Statement> eldest) {
          return size() > MOST;
        }
      };

  RecentStatements(SqlFront front) {
    this.front = front;
  }

  /**
   * The statement of a text.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException as {@link SqlFront#statement}
   */
  Statement of(String sql) {
    Statement known = known(sql);
    if (known != null) {
      return known;
    }
    Statement fresh = front.statement(sql);
    if (sql.length() <= LONGEST) {
      keep(sql, fresh);
    }
    return fresh;
  }

  private synchronized @Nullable Statement known(String sql) {
    return kept.get(sql);
  }

  private synchronized void keep(String sql, Statement statement) {
    kept.put(sql, statement);
  }
}
