package dev.lakehouse.query.guard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlParseException;
import org.jspecify.annotations.Nullable;

/**
 * The statements about tables and queries: {@code DESCRIBE}, {@code SHOW} and {@code EXPLAIN}.
 * Their words are read here; the name or the query behind them is parsed and checked like any
 * other, at its own place.
 */
final class Descriptions {
  private static final Pattern WORDS =
      Pattern.compile(
          "(?:\\s|--[^\\n"
              + "]*\\n"
              + "|/\\*(?s:.*?)\\*/)*+(?:"
              + "(?<tables>SHOW\\s+TABLES(?:\\s+(?:FROM|IN)\\s+lake)?(?:\\s+LIKE\\s+'(?<like>[^']*)')?\\s*;?\\s*\\z)"
              + "|(?<columns>(?:DESCRIBE|DESC|SHOW\\s+COLUMNS\\s+(?:FROM|IN))\\s)"
              + "|(?<explain>EXPLAIN\\s)(?!\\s*PLAN\\s))",
          Pattern.CASE_INSENSITIVE);

  /** Reads a table in FROM, and a query. */
  interface Parser {
    TableUse table(String text) throws SqlParseException;

    GuardedQuery query(String text) throws SqlParseException;
  }

  private Descriptions() {}

  /** The statement, or null if the text is none of these. */
  static @Nullable Statement read(String sql, Parser parser) throws SqlParseException {
    Matcher words = WORDS.matcher(sql);
    if (!words.lookingAt()) {
      return null;
    }
    if (words.group("tables") != null) {
      return new Statement.ShowTables(words.group("like"));
    }
    String rest = blank(sql, words.end());
    if (words.group("explain") != null) {
      return new Statement.Explain(parser.query(rest));
    }
    return new Statement.ShowColumns(parser.table(rest.stripTrailing().replaceFirst(";\\z", "")));
  }

  /** The text with its beginning blank, so that places stay what they are. */
  static String blank(String sql, int end) {
    return sql.substring(0, end).replaceAll("[^\\n\\r]", " ") + sql.substring(end);
  }
}
