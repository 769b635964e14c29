package dev.lakehouse.ingest.upload;

import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;

/** What becomes of a file that its dataset has already, read with the same options. */
public enum OnDuplicate {
  /** Nothing; the answer names the ingest that has it. */
  SKIP,
  /** Its rows are added again. */
  APPEND,
  /** Its rows are added, and those that were there leave once they are. */
  REPLACE;

  /** The form field. */
  static final String FIELD = "onDuplicate";

  /**
   * What the form says.
   *
   * @param said may be empty, for {@link #SKIP}
   * @throws ProblemException 400 if it is none of them
   */
  static OnDuplicate of(String said) {
    return switch (said) {
      case "", "skip" -> SKIP;
      case "append" -> APPEND;
      case "replace" -> REPLACE;
      default ->
          throw Problem.of(
                  400, "bad_option", "An option cannot be used", FIELD + " is '" + said + "'")
              .hint(FIELD + " is skip, append or replace")
              .toException();
    };
  }
}
