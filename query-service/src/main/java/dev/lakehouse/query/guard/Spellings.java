package dev.lakehouse.query.guard;

import dev.lakehouse.query.table.AsOf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Spellings that the parser's grammar lacks, as ones that it has. Text keeps its length up to the
 * next token, so that places in the query stay what they are. What comes of it is parsed and
 * checked like everything else.
 */
final class Spellings {
  /** What stands for {@code ALL} in {@code GROUP BY ALL}. */
  static final String GROUP_BY_ALL = "\u0001";

  /** What stands for {@code date_diff}, whose arguments the parser would read in its own way. */
  static final String DATE_DIFF = "date$diff";

  static final String ZONED = "at_zone";
  private static final Set<String> AFTER_ITEMS =
      Set.of(
          ";",
          "FROM",
          "WHERE",
          "GROUP",
          "HAVING",
          "WINDOW",
          "QUALIFY",
          "ORDER",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "UNION",
          "EXCEPT",
          "INTERSECT");

  private static final Set<String> AFTER_GROUP_BY =
      Set.of(
          ")",
          ";",
          "HAVING",
          "WINDOW",
          "QUALIFY",
          "ORDER",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "UNION",
          "EXCEPT",
          "INTERSECT");

  /** Comments, texts and quoted names whole, a doubled quote as two of them; else words, marks. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<comment>(?:--|//)[^\\n\\r]*+|/\\*(?s:.*?)(?:\\*/|\\z))|'[^']*+(?:'|\\z)"
              + "|\"[^\"]*+(?:\"|\\z)|[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_$]*+|\\S");

  private record Token(String text, int start, int end) {
    boolean is(String word) {
      return text.equalsIgnoreCase(word);
    }
  }

  private record Place(int line, int column) {}

  private final String sql;
  private final Map<Place, AsOf> times = new HashMap<>();
  private final List<Token> tokens = new ArrayList<>();
  private final StringBuilder read;

  private Spellings(String sql) {
    this.sql = sql;
    this.read = new StringBuilder(sql);
    Matcher each = TOKEN.matcher(sql);
    while (each.find()) {
      if (each.group("comment") == null) {
        tokens.add(new Token(each.group(), each.start(), each.end()));
      }
    }
  }

  /** Reads a text, from its end so that places before stay right. */
  static Spellings of(String sql) {
    Spellings spellings = new Spellings(sql);
    for (int i = spellings.tokens.size() - 1; i >= 0; i--) {
      if (spellings.areAt(i, "GROUP", "BY", "ALL")) {
        spellings.groupByAll(i);
      } else if (spellings.areAt(i, "AT", "TIME", "ZONE")) {
        spellings.atTimeZone(i);
      } else if (i > 0 && spellings.areAt(i, "FOR") && spellings.areAt(i + 2, "AS", "OF")) {
        spellings.asOf(i);
      } else if (spellings.areAt(i, "DATE_DIFF", "(")) {
        spellings.put(i, DATE_DIFF);
      }
    }
    return spellings;
  }

  /** The text for the parser. */
  String parseable() {
    return read.toString();
  }

  /** Where a token begins in the text. */
  private int offset(int line, int column) {
    int start = 0;
    for (int at = 1; at < line && start >= 0; at++) {
      start = sql.indexOf('\n', start) + 1;
    }
    return start + column - 1;
  }

  /**
   * The items of a SELECT as they were written, with one blank for each gap; as many as can be
   * told.
   *
   * @param select where its first word is
   */
  List<String> items(SqlParserPos select) {
    int start = offset(select.getLineNum(), select.getColumnNum());
    List<String> items = new ArrayList<>();
    StringBuilder item = new StringBuilder();
    int depth = 0;
    Token before = null;
    for (Token token : tokens) {
      if (token.start() <= start) {
        if (token.start() == start && !token.is("SELECT")) {
          return List.of();
        }
        continue;
      }
      depth += "([".contains(token.text()) ? 1 : ")]".contains(token.text()) ? -1 : 0;
      boolean distinctFrom = before != null && before.is("DISTINCT") && token.is("FROM");
      if (depth < 0
          || (depth == 0
              && !distinctFrom
              && AFTER_ITEMS.contains(token.text().toUpperCase(Locale.ROOT)))) {
        break;
      }
      if (depth == 0 && token.text().equals(",")) {
        items.add(item.toString());
        item.setLength(0);
      } else if (!(item.isEmpty() && (token.is("DISTINCT") || token.is("ALL")))) {
        boolean gap = before != null && !item.isEmpty() && before.end() < token.start();
        item.append(gap ? " " : "").append(token.text());
      }
      before = token;
    }
    items.add(item.toString());
    return items;
  }

  /** What the query says of time behind the table that ends at a place. */
  @Nullable AsOf takeAsOf(SqlParserPos table) {
    return times.remove(new Place(table.getEndLineNum(), table.getEndColumnNum()));
  }

  /**
   * To be called when all tables were seen.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException if a time stands behind something else
   */
  void checkAllTaken() {
    times.keySet().stream()
        .findFirst()
        .ifPresent(
            place -> {
              throw Refusals.notAllowed(
                  "a time or version behind anything but a table",
                  new SqlParserPos(place.line(), place.column()));
            });
  }

  private boolean areAt(int i, String... words) {
    for (int w = 0; w < words.length; w++) {
      if (i + w >= tokens.size() || !tokens.get(i + w).is(words[w])) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Token token(int i) {
    return i < tokens.size() ? tokens.get(i) : null;
  }

  private void put(int i, String word) {
    read.replace(tokens.get(i).start(), tokens.get(i).end(), word);
  }

  private void groupByAll(int i) {
    Token next = token(i + 3);
    if (next == null || AFTER_GROUP_BY.contains(next.text().toUpperCase(Locale.ROOT))) {
      put(i + 2, '"' + GROUP_BY_ALL + '"');
    }
  }

  /** {@code x AT TIME ZONE 'z'} becomes {@code x[at_zone('z')]}, for that binds as closely. */
  private void atTimeZone(int i) {
    Token zone = token(i + 3);
    if (zone == null || !(zone.text().startsWith("'") || zone.is("?"))) {
      return;
    }
    String between = sql.substring(tokens.get(i).start(), zone.start());
    String written = "[" + ZONED + "(" + zone.text() + ")]";
    int missing = between.length() + zone.text().length() - written.length();
    String lines = between.replaceAll("[^\\n]", "");
    read.replace(
        tokens.get(i).start(),
        zone.end(),
        lines.isEmpty()
            ? written + " ".repeat(Math.max(0, missing))
            : lines
                + between.substring(between.lastIndexOf('\n') + 1).replaceAll("\\S", " ")
                + written);
  }

  /** Takes {@code FOR VERSION AS OF 5} and its like out and keeps it by the end of its table. */
  private void asOf(int i) {
    String kind = tokens.get(i + 1).text().toUpperCase(Locale.ROOT);
    Token first = token(i + 4);
    Token second = token(i + 5);
    AsOf asOf = null;
    Token last = first;
    if (first != null && kind.equals("VERSION")) {
      asOf = AsOf.Version.of(first.text());
    } else if (first != null
        && second != null
        && first.is("TIMESTAMP")
        && second.text().startsWith("'")
        && (kind.equals("TIMESTAMP") || kind.equals("SYSTEM_TIME"))) {
      asOf = AsOf.time(second.text().replace("'", ""));
      last = second;
    }
    if (asOf == null || last == null) {
      return;
    }
    String taken = sql.substring(tokens.get(i).start(), last.end());
    read.replace(tokens.get(i).start(), last.end(), taken.replaceAll("[^\\n\\r]", " "));
    times.put(endOf(tokens.get(i - 1)), asOf);
  }

  private Place endOf(Token token) {
    int lineStart = sql.lastIndexOf('\n', token.end() - 1) + 1;
    int line = 1 + (int) sql.substring(0, lineStart).chars().filter(c -> c == '\n').count();
    return new Place(line, token.end() - lineStart);
  }
}
