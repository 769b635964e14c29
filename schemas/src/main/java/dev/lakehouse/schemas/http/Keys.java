package dev.lakehouse.schemas.http;

import java.util.Optional;

/** Knows whose a key is. Safe for use by many threads. */
@FunctionalInterface
public interface Keys {
  /** No key is anybody's. */
  Keys NONE = key -> Optional.empty();

  /**
   * The principal whose key it is; empty if it is nobody's, or not any more. How long it takes
   * tells nothing of how much of a key was right.
   */
  Optional<String> principal(String key);

  /** These, and where they do not know a key, others. */
  default Keys or(Keys others) {
    return key -> {
      Optional<String> known = principal(key);
      return known.isPresent() ? known : others.principal(key);
    };
  }
}
