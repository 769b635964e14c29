package dev.lakehouse.query.guard;

import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** The problems that the front answers with. */
final class Refusals {
  private static final Pattern ENCOUNTERED = Pattern.compile("Encountered \"(.*?)\" at line");
  private static final Pattern KEYWORD = Pattern.compile("near the keyword '(.*?)'");
  private static final int LONGEST_LIST = 12;
  private static final Set<String> USUAL =
      Set.of(
          "AS", "BY", "FROM", "GROUP", "HAVING", "JOIN", "LIMIT", "ON", "ORDER", "SELECT", "UNION",
          "WHERE", "WITH", "VALUES");

  private Refusals() {}

  /** The refusal of a node, at its place or that of the first part that has one. */
  static ProblemException notAllowed(String what, SqlNode node) {
    SqlParserPos[] first = {node.getParserPosition()};
    node.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier id) {
            first[0] = known(first[0]) ? first[0] : id.getParserPosition();
            return null;
          }
        });
    return notAllowed(what, first[0]);
  }

  static ProblemException notAllowed(String what, SqlParserPos at) {
    String place =
        known(at) ? ", at line " + at.getLineNum() + ", column " + at.getColumnNum() : "";
    Problem problem =
        Problem.of(
                400, "sql_not_allowed", "This SQL is not allowed", what + " is not allowed" + place)
            .hint("one SELECT, WITH or VALUES over datasets, with the functions of the reference")
            .with("what", what);
    return (known(at)
            ? problem.with("line", at.getLineNum()).with("column", at.getColumnNum())
            : problem)
        .toException();
  }

  private static boolean known(SqlParserPos place) {
    return place.getLineNum() > 0;
  }

  static ProblemException syntax(String detail) {
    return Problem.of(400, "sql_syntax", "The SQL cannot be read", detail).toException();
  }

  static ProblemException syntax(SqlParseException e) {
    SqlParserPos where = e.getPos() == null ? new SqlParserPos(1, 1) : e.getPos();
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("Non-query expression")) {
      return located("found no query", where, null, List.of("SELECT", "WITH", "VALUES"));
    }
    Matcher encountered = ENCOUNTERED.matcher(message);
    Matcher keyword = KEYWORD.matcher(message);
    if (encountered.find()) {
      String found = encountered.group(1);
      return found.equals("<EOF>")
          ? located("found the end of the statement", where, "end of statement", expected(e))
          : located("found '" + found + "'", where, found, expected(e));
    }
    if (keyword.find()) {
      return located(
          "something is wrong near " + keyword.group(1), where, keyword.group(1), expected(e));
    }
    return located(firstLine(e), where, null, List.of());
  }

  private static ProblemException located(
      String what, SqlParserPos where, @Nullable String found, List<String> expected) {
    Problem problem =
        syntax(
                what
                    + " at line "
                    + where.getLineNum()
                    + ", column "
                    + where.getColumnNum()
                    + (expected.isEmpty() ? "" : "; expected " + String.join(", ", expected)))
            .problem()
            .with("line", where.getLineNum())
            .with("column", where.getColumnNum())
            .with("expected", expected);
    return (found == null ? problem : problem.with("found", found)).toException();
  }

  private static String firstLine(SqlParseException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("it is not SQL");
  }

  /** The parser's list, which can be hundreds of words, as a short one. */
  private static List<String> expected(SqlParseException e) {
    SortedSet<String> words = new TreeSet<>();
    boolean name = false;
    for (String token : e.getExpectedTokenNames()) {
      String bare = token.replace("\"", "");
      if (bare.contains("IDENTIFIER")) {
        name = true;
      } else if (!bare.startsWith("<")) {
        words.add(bare);
      }
    }
    if (words.contains("CASE") && words.contains("(")) {
      return List.of("an expression");
    }
    List<String> result = new ArrayList<>();
    if (name) {
      result.add("a name");
    }
    words.removeIf(word -> name(word) && words.size() > LONGEST_LIST && !USUAL.contains(word));
    words.stream().limit(LONGEST_LIST).map(Refusals::shown).forEach(result::add);
    return result;
  }

  private static boolean name(String word) {
    return Character.isLetter(word.charAt(0));
  }

  private static String shown(String word) {
    return name(word) ? word : "'" + word + "'";
  }
}
