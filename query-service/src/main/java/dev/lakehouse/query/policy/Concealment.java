package dev.lakehouse.query.policy;

import dev.lakehouse.query.engine.EngineQuery;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.util.Locale;
import java.util.Set;

/** Failures of an engine without its own words, which may have values in them. */
final class Concealment {
  private static final String HINT =
      "the engine's own words are not shown where a policy applies, for they may tell values";
  private static final Set<String> OF_ROWS =
      Set.of(
          "sql_type_error",
          "sql_failed",
          "cell_too_large",
          "rows_too_large",
          "out_of_memory",
          "engine_failed",
          "unknown_column",
          "unknown_table");

  private Concealment() {}

  /** Whether it could be otherwise with other rows. */
  static boolean mayComeOfARow(ProblemException e) {
    return OF_ROWS.contains(e.problem().code());
  }

  /** The failure as the caller may know it. */
  static ProblemException of(ProblemException e, EngineQuery query) {
    Problem problem = e.problem();
    return switch (problem.code()) {
      case "sql_type_error" ->
          plain("sql_type_error", "The types do not fit", "a value or type does not fit its use");
      case "sql_failed" -> failed();
      case "not_on_trino" -> problem.more().containsKey("what") ? e : failed();
      case "unknown_column" -> names(problem, "columnName", query) ? e : failed();
      case "unknown_table" -> names(problem, "table", query) ? e : failed();
      default -> e;
    };
  }

  private static ProblemException failed() {
    return plain("sql_failed", "The query failed", "the query could not be computed");
  }

  private static ProblemException plain(String code, String title, String detail) {
    return Problem.of(400, code, title, detail).hint(HINT).toException();
  }

  /** Whether the name that is complained of stands in the query itself. */
  private static boolean names(Problem problem, String member, EngineQuery query) {
    String name = String.valueOf(problem.more().get(member)).toLowerCase(Locale.ROOT);
    return query.statement().tree().toString().toLowerCase(Locale.ROOT).contains(name);
  }
}
