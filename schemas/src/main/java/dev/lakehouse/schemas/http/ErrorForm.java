package dev.lakehouse.schemas.http;

import io.javalin.http.Context;

/** How errors are written under one path, where a protocol that is not ours says so. */
public interface ErrorForm {
  /** The path that it covers, with all below it. */
  String path();

  /** Answers the request with the problem in this form. */
  void write(Context context, Problem problem);

  /** Whether a request for this path is answered in this form. */
  default boolean covers(String requested) {
    return requested.equals(path()) || requested.startsWith(path() + "/");
  }
}
