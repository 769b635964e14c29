package dev.lakehouse.query.trino;

import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The refusal of what Trino would not answer, or not in the dialect's sense. */
final class Refused {
  private Refused() {}

  /**
   * Problem {@code not_on_trino}.
   *
   * @param what is refused
   * @param at where it stands, if it is known
   */
  static ProblemException engine(String what, @Nullable SqlNode at) {
    SqlParserPos place = at == null ? SqlParserPos.ZERO : at.getParserPosition();
    boolean known = place.getLineNum() > 0;
    Problem problem =
        Problem.of(
                400,
                "not_on_trino",
                "Trino does not answer this",
                what
                    + " is not answered by the engine trino"
                    + (known
                        ? ", at line " + place.getLineNum() + ", column " + place.getColumnNum()
                        : ""))
            .hint("docs/sql.md lists what the engine trino leaves out; the engine duckdb has it")
            .with("what", what);
    return (known
            ? problem.with("line", place.getLineNum()).with("column", place.getColumnNum())
            : problem)
        .toException();
  }

  /** Problem {@code sql_type_error}. */
  static ProblemException type(String detail, SqlNode at) {
    SqlParserPos place = at.getParserPosition();
    return Problem.of(
            400,
            "sql_type_error",
            "The types do not fit",
            detail
                + (place.getLineNum() > 0
                    ? ", at line " + place.getLineNum() + ", column " + place.getColumnNum()
                    : ""))
        .toException();
  }

  /** Problem {@code sql_failed}. */
  static ProblemException failed(String detail) {
    return Problem.of(400, "sql_failed", "The query failed", detail).toException();
  }
}
