package dev.lakehouse.ingest.progress;

import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Function;

/** How requests ask for a page of a list. */
public final class Paging {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 1000;

  private Paging() {}

  /**
   * How many items the request wants.
   *
   * @throws ProblemException 400 unless it is 1 to 1000
   */
  public static int limit(Context context) {
    String said = context.queryParam("limit");
    if (said == null) {
      return DEFAULT_LIMIT;
    }
    if (!said.matches("\\d{1,4}") || Integer.parseInt(said) < 1 || Integer.parseInt(said) > MOST) {
      throw badParameter("limit is '" + said + "'", "limit is a number from 1 to " + MOST);
    }
    return Integer.parseInt(said);
  }

  /**
   * Where the request wants to go on; empty for the first page.
   *
   * @param parse makes a place of the text, or empty if it is none
   * @throws ProblemException 400 if it is none
   */
  public static <T> Optional<T> cursor(Context context, Function<String, Optional<T>> parse) {
    String said = context.queryParam("cursor");
    if (said == null) {
      return Optional.empty();
    }
    return Optional.of(
        parse
            .apply(said)
            .orElseThrow(
                () ->
                    badParameter("cursor is '" + said + "'", "use the cursor of the page before")));
  }

  private static ProblemException badParameter(String detail, String hint) {
    return Problem.of(400, "bad_parameter", "A parameter cannot be used", detail)
        .hint(hint)
        .toException();
  }
}
