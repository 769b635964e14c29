package dev.lakehouse.query.trino;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dialect's functions of single values. What is not here is refused. */
final class Functions {
  private static final Map<String, Writing> ALL = all();

  private Functions() {}

  private static Map<String, Writing> all() {
    Map<String, Writing> all = new HashMap<>();
    NumberFunctions.addTo(all);
    TextFunctions.addTo(all);
    TimeFunctions.addTo(all);
    ListFunctions.addTo(all);
    OtherFunctions.addTo(all);
    return Map.copyOf(all);
  }

  /** How calls of the function are written, or null. */
  static @Nullable Writing of(String name) {
    return ALL.get(name);
  }
}
