package dev.lakehouse.schemas.http;

import io.javalin.http.Context;

/**
 * Who makes a request.
 *
 * @param principal the name its key stands for; {@code local} while authentication is off
 * @param requestId the request's id, in its answer, its logs and its audit
 */
public record Caller(String principal, String requestId) {
  static final String ATTRIBUTE = "lakehouse.caller";

  /** The caller of a request that came through {@link LakehouseServer}. */
  public static Caller of(Context context) {
    Caller caller = context.attribute(ATTRIBUTE);
    if (caller == null) {
      throw new IllegalStateException("the request did not come through LakehouseServer");
    }
    return caller;
  }
}
