package dev.lakehouse.query.policy;

import dev.lakehouse.query.catalog.Found;
import java.util.List;

/**
 * What is known of the values of a column.
 *
 * @param kinds what was found in it, strongest first
 * @param certain whether everything that it holds was looked at
 */
record Standing(List<String> kinds, boolean certain) {
  static final String CLEAN_WORD = "clean";
  static final String UNKNOWN_WORD = "unclassified";
  static final Standing CLEAN = new Standing(List.of(), true);
  static final Standing UNKNOWN = new Standing(List.of(), false);

  static Standing of(Found found) {
    return new Standing(found.kinds(), found.certain());
  }

  /** The standing that an example names: a kind, {@code clean} or {@code unclassified}. */
  static Standing named(String word) {
    return switch (word) {
      case CLEAN_WORD -> CLEAN;
      case UNKNOWN_WORD -> UNKNOWN;
      default -> new Standing(List.of(word), true);
    };
  }

  boolean isClean() {
    return certain && kinds.isEmpty();
  }
}
