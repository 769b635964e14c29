package dev.lakehouse.query.guard;

import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/**
 * The one way in for SQL text. Names are case-insensitive and quoted with double quotes. Safe for
 * use by many threads.
 */
public final class SqlFront {
  private static final int LONGEST = 200_000;

  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withParserFactory(SqlBabelParserImpl.FACTORY)
          .withConformance(SqlConformanceEnum.BABEL)
          .withCaseSensitive(false)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withIdentifierMaxLength(1024);

  /**
   * Parses and checks one query.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException {@code sql_syntax} or {@code
   *     sql_not_allowed}, with line and column
   */
  public GuardedQuery accept(String sql) {
    if (sql.length() > LONGEST) {
      throw Refusals.syntax("the statement is longer than " + LONGEST + " characters");
    }
    try {
      return new Guard().check(one(SqlParser.create(sql, CONFIG).parseStmtList()));
    } catch (SqlParseException e) {
      throw Refusals.syntax(e);
    } catch (CalciteContextException e) {
      String reason = e.getCause() == null ? "it is not SQL" : e.getCause().getMessage();
      throw Refusals.syntax(String.valueOf(reason));
    } catch (StackOverflowError e) {
      throw Refusals.syntax("the statement is nested too deeply");
    }
  }

  private static SqlNode one(SqlNodeList statements) {
    if (statements.size() != 1) {
      SqlParserPos where =
          statements.size() > 1 ? statements.get(1).getParserPosition() : new SqlParserPos(1, 1);
      throw Refusals.notAllowed("more than one statement", where);
    }
    return statements.get(0);
  }
}
