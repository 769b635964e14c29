package dev.lakehouse.query.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may ask.
 *
 * @param attributes what row filters ask for: texts, numbers or truth values
 */
record Principal(String name, Set<String> roles, Map<String, List<Object>> attributes) {
  /** Whom no policy names. */
  static Principal unknown(String name) {
    return new Principal(name, Set.of(), Map.of());
  }
}
