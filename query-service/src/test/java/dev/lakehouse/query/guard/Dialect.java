package dev.lakehouse.query.guard;

import java.util.Set;

/** What the guard lets through, for tests elsewhere. */
public final class Dialect {
  private Dialect() {}

  public static Set<String> functions() {
    return Functions.names();
  }
}
