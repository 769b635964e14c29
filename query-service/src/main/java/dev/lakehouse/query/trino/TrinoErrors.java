package dev.lakehouse.query.trino;

import dev.lakehouse.query.engine.EngineQuery;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trino's failures as problems, without its own words for places. */
final class TrinoErrors {
  private static final Logger LOG = LoggerFactory.getLogger(TrinoErrors.class);

  /** Codes by io.trino.spi.StandardErrorCode. */
  private static final int USER_CANCELED = 3;

  private static final int FUNCTION_NOT_FOUND = 6;
  private static final int INVALID_CAST = 9;
  private static final int NOT_SUPPORTED = 13;
  private static final int TYPE_MISMATCH = 58;
  private static final int INTERNAL = 0x0001_0000;
  private static final int NO_NODES = INTERNAL + 5;
  private static final int RESOURCES = 0x0002_0000;
  private static final int EXTERNAL = 0x0100_0000;

  private static final Pattern QUERY = Pattern.compile("^Query failed \\(#\\w+\\): ");
  private static final Pattern PLACE = Pattern.compile("\\bline \\d+:\\d+: ");
  private static final Pattern PATH = Pattern.compile("(?:file:)?(?:/[\\w.%@+=-]+){2,}/?");

  private TrinoErrors() {}

  /**
   * The failure of a query.
   *
   * @param query of which, if it is governed, nothing is written down: Trino's messages may have
   *     its text in them
   */
  static ProblemException problem(SQLException e, EngineQuery query) {
    int code = e.getErrorCode();
    if (code == USER_CANCELED) {
      return Problem.of(409, "cancelled", "The query was cancelled", "the query was cancelled")
          .toException();
    }
    if (code == NO_NODES || isUnreachable(e)) {
      LOG.warn("Trino is not reached", e);
      return Problem.of(
              503,
              "engine_unreachable",
              "The engine is not reached",
              "the engine trino does not answer")
          .hint("is Trino up at query.trino.url? GET /health says what the query service sees")
          .toException();
    }
    if (code >= RESOURCES && code < EXTERNAL && (code & RESOURCES) != 0) {
      return Problem.of(
              503,
              "out_of_memory",
              "The query needs more memory than it may have",
              "the query needs more than Trino has for it")
          .hint("filter or aggregate earlier, or give Trino more memory")
          .toException();
    }
    if (code >= INTERNAL) {
      if (query.isGoverned()) {
        LOG.error("Trino failed, over a table under policy, with error {}", code);
      } else {
        LOG.error("Trino failed", e);
      }
      return Problem.of(
              500, "engine_failed", "The engine failed", "the engine could not read or compute")
          .toException();
    }
    return switch (code) {
      case FUNCTION_NOT_FOUND, INVALID_CAST, TYPE_MISMATCH ->
          user("sql_type_error", "The types do not fit", e);
      case NOT_SUPPORTED -> user("not_on_trino", "Trino does not answer this", e);
      default -> user("sql_failed", "The query failed", e);
    };
  }

  private static ProblemException user(String code, String title, SQLException e) {
    return Problem.of(400, code, title, clean(firstLine(e))).toException();
  }

  private static boolean isUnreachable(SQLException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  /** A text of Trino's without places, which are those of the re-written query, and paths. */
  static String clean(String line) {
    String bare = PLACE.matcher(QUERY.matcher(line).replaceFirst("")).replaceAll("");
    return PATH.matcher(bare).replaceAll("a file");
  }
}
