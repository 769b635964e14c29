package dev.lakehouse.schemas.http;

import io.javalin.http.Context;
import java.io.IOException;

/** Bodies of requests that are held in memory as a whole. */
public final class BoundedBody {
  private BoundedBody() {}

  /**
   * The body's bytes.
   *
   * @param most bytes that it may have
   * @param hint what to do where it has more
   * @throws ProblemException 413 {@code too_large}
   */
  public static byte[] read(Context context, long most, String hint) throws IOException {
    byte[] body =
        context.req().getInputStream().readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8L));
    if (body.length > most) {
      throw Problem.of(
              413,
              "too_large",
              "The request is too large",
              "its body has more than " + most + " bytes")
          .hint(hint)
          .toException();
    }
    return body;
  }
}
