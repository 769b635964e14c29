package dev.lakehouse.query.engine;

import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** DuckDB's messages as problems, without paths and without the engine's own words. */
final class DuckErrors {
  private static final Logger LOG = LoggerFactory.getLogger(DuckErrors.class);

  private static final Pattern COLUMN =
      Pattern.compile(
          "Referenced column \"(.*?)\" (?:was )?not found|does not have a column named"
              + " \"(.*?)\"|Could not find key \"(.*?)\" in struct|Column \"(.*?)\" in EXCLUDE list"
              + " not found");
  private static final Pattern OWN =
      Pattern.compile(
          "(?:Invalid Input|Conversion|Out of Range|Out of"
              + " Memory|INTERRUPT|INTERNAL|FATAL|IO|Mismatch Type) Error: ");
  private static final Pattern ALIAS = Pattern.compile("Referenced table \"(.*?)\" not found");
  private static final Pattern PATH = Pattern.compile("(?:file:)?(?:/[\\w.%@+=-]+){2,}/?");
  private static final Pattern SCAN = Pattern.compile("\"?scan\"?\\.\"?([a-z0-9_]+)#[0-9a-z#]+\"?");
  private static final Pattern MEMORY =
      Pattern.compile("\"?" + DuckMemory.NAME + "\\d+\"?(?:\\.\"?main\"?)?(?:\\.\"?rows\"?)?");
  private static final Pattern SUGGESTION =
      Pattern.compile(" (?:Use TRY|Use \"?SET |You might need|Either add it).*$");

  private DuckErrors() {}

  static ProblemException problem(SQLException e, EngineQuery query) {
    String message = String.valueOf(e.getMessage());
    Matcher column = COLUMN.matcher(message);
    if (column.find()) {
      return UnknownNames.column(group(column), query);
    }
    Matcher alias = ALIAS.matcher(message);
    if (alias.find()) {
      return UnknownNames.table(alias.group(1), query);
    }
    String line = clean(firstLine(e));
    if (message.startsWith("Out of Memory")) {
      return Problem.of(
              503,
              "out_of_memory",
              "The query needs more memory than it may have",
              "the query needs more than query.memory")
          .hint("filter or aggregate earlier, or raise query.memory")
          .toException();
    }
    if (message.startsWith("INTERRUPT")) {
      return Problem.of(409, "cancelled", "The query was cancelled", "the query was cancelled")
          .toException();
    }
    boolean type =
        message.startsWith("Conversion")
            || message.startsWith("Mismatch Type")
            || message.contains("No function matches")
            || message.contains("Cannot compare values")
            || message.contains("Cannot mix values");
    if (message.startsWith("INTERNAL")
        || message.startsWith("FATAL")
        || message.startsWith("IO ")) {
      if (query.isGoverned()) {
        LOG.error("the engine failed, over a table under policy: {}", message.split(" ", 2)[0]);
      } else {
        LOG.error("the engine failed", e);
      }
      return new ProblemException(
          Problem.of(
              500, "engine_failed", "The engine failed", "the engine could not read or compute"));
    }
    return Problem.of(
            400,
            type ? "sql_type_error" : "sql_failed",
            type ? "The types do not fit" : "The query failed",
            line)
        .toException();
  }

  private static String group(Matcher matcher) {
    for (int i = 1; i <= matcher.groupCount(); i++) {
      if (matcher.group(i) != null) {
        return matcher.group(i);
      }
    }
    return "";
  }

  /** DuckDB's own message in that of the Arrow library around it. */
  static String bare(Exception e) {
    String message = String.valueOf(e.getMessage());
    Matcher own = OWN.matcher(message);
    return own.find() ? message.substring(own.start()) : message;
  }

  static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  /** A text of DuckDB's without our names of scans and memory, and without paths. */
  static String withoutPlaces(String text) {
    String named = MEMORY.matcher(SCAN.matcher(text).replaceAll("$1")).replaceAll("a table");
    return PATH.matcher(named).replaceAll("a file");
  }

  private static String clean(String line) {
    String plain = withoutPlaces(line);
    plain = SUGGESTION.matcher(plain).replaceFirst("");
    return plain.replaceFirst("^[A-Z][A-Za-z ]+ Error: ", "");
  }
}
