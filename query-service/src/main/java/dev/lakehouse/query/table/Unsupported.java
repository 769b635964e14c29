package dev.lakehouse.query.table;

import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;

/** The refusal of tables that could not be read right. */
public final class Unsupported {
  private Unsupported() {}

  /** Problem {@code unsupported_table}. */
  public static ProblemException table(DatasetName dataset, String reason) {
    return Problem.of(
            400,
            "unsupported_table",
            "This table cannot be read",
            "'" + dataset + "' cannot be read: " + reason)
        .with("table", dataset.value())
        .toException();
  }
}
