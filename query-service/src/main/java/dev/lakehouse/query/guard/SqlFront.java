package dev.lakehouse.query.guard;

import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlIdentifier;
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
    return parsed(sql, this::query);
  }

  /**
   * Parses and checks one query, a statement about tables or a query, or one that makes a table.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException as {@link #accept}
   */
  public Statement statement(String sql) {
    return parsed(
        sql,
        text -> {
          Statement description = Descriptions.read(text, descriptions);
          Statement known = description == null ? Creations.read(text, descriptions) : description;
          return known == null ? new Statement.Ask(query(text)) : known;
        });
  }

  /**
   * Parses and checks the row filter of a policy.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException as {@link #accept}
   */
  public RowFilter rowFilter(String sql) {
    return parsed(
        sql,
        text -> {
          Spellings spellings = Spellings.of(text);
          SqlNode tree = SqlParser.create(spellings.parseable(), CONFIG).parseExpression();
          return RowFilter.of(tree, spellings);
        });
  }

  /** Parses an expression of this program's own. */
  Formula formula(String sql) {
    return parsed(sql, text -> new Formula(SqlParser.create(text, CONFIG).parseExpression()));
  }

  private final Descriptions.Parser descriptions =
      new Descriptions.Parser() {
        @Override
        public TableUse table(String text) throws SqlParseException {
          Spellings spellings = Spellings.of(text);
          SqlNode name = SqlParser.create(spellings.parseable(), CONFIG).parseExpression();
          if (!(name instanceof SqlIdentifier table) || table.isStar()) {
            throw Refusals.notAllowed("anything but the name of a table here", name);
          }
          return new Guard(spellings).check(table);
        }

        @Override
        public GuardedQuery query(String text) throws SqlParseException {
          return SqlFront.this.query(text);
        }
      };

  private GuardedQuery query(String sql) throws SqlParseException {
    Spellings spellings = Spellings.of(sql);
    SqlParser parser = SqlParser.create(spellings.parseable(), CONFIG);
    GuardedQuery query = new Guard(spellings).check(one(parser.parseStmtList()));
    Expansion.check(query.tree());
    return query;
  }

  private interface Reading<T> {
    T of(String sql) throws SqlParseException;
  }

  private static <T> T parsed(String sql, Reading<T> reading) {
    if (sql.length() > LONGEST) {
      throw Refusals.syntax("the statement is longer than " + LONGEST + " characters");
    }
    try {
      return reading.of(sql);
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
