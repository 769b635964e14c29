package dev.lakehouse.query.trino;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The queries that WITH gave names to, and what they yield. */
final class Ctes {
  static final Ctes NONE = new Ctes(Map.of());

  private final Map<String, List<Output>> byName;

  private Ctes(Map<String, List<Output>> byName) {
    this.byName = byName;
  }

  Ctes with(String name, List<Output> outputs) {
    Map<String, List<Output>> more = new HashMap<>(byName);
    more.put(Scope.lower(name), outputs);
    return new Ctes(more);
  }

  @Nullable List<Output> of(String name) {
    return byName.get(Scope.lower(name));
  }
}
