package dev.lakehouse.query.policy;

import dev.lakehouse.query.guard.RowFilter;
import dev.lakehouse.schemas.access.Grant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a role may do with some datasets.
 *
 * @param role its name
 * @param columns what is said of columns by their names
 * @param kinds what is said of columns by what was found in them; {@code *} for every kind
 * @param filter which rows are seen; null for all
 */
record Rule(
    String role,
    List<NamePattern> datasets,
    Set<Grant> grants,
    List<Entry> columns,
    Map<String, Effect> kinds,
    @Nullable Filter filter) {
  /** What is said of columns. */
  record Entry(NamePattern names, Effect effect) {}

  /**
   * Which rows are seen.
   *
   * @param text as it was written, for those who manage policies
   */
  record Filter(String text, RowFilter condition) {}

  /** How closely it is about a dataset; below 0 if not at all. */
  int closeness(String dataset) {
    return datasets.stream()
        .filter(pattern -> pattern.matches(dataset))
        .mapToInt(NamePattern::closeness)
        .max()
        .orElse(-1);
  }

  /** Whether it keeps rows or columns back, also from who may see raw values. */
  boolean keepsBack() {
    return filter != null
        || columns.stream().anyMatch(entry -> entry.effect() instanceof Effect.Deny)
        || kinds.values().stream().anyMatch(Effect.Deny.class::isInstance);
  }

  /** Whether it is about every dataset that there is or will be. */
  boolean isAboutAll() {
    return datasets.stream().anyMatch(NamePattern::isAny);
  }
}
