package dev.lakehouse.query.guard;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked. Only queries reach an engine; the rest is answered from the catalog, or makes
 * a dataset of a query.
 */
public sealed interface Statement {
  /** The query that is asked for itself, or for how it would be carried out. */
  default Optional<GuardedQuery> asked() {
    return Optional.empty();
  }

  /** The rows of a query. */
  record Ask(GuardedQuery query) implements Statement {
    @Override
    public Optional<GuardedQuery> asked() {
      return Optional.of(query);
    }
  }

  /** How a query would be carried out. */
  record Explain(GuardedQuery query) implements Statement {
    @Override
    public Optional<GuardedQuery> asked() {
      return Optional.of(query);
    }
  }

  /**
   * The names of the datasets.
   *
   * @param like a pattern that they must match; null for all
   */
  record ShowTables(@Nullable String like) implements Statement {}

  /** The columns of a dataset. */
  record ShowColumns(TableUse table) implements Statement {}

  /**
   * A dataset that is made of a query.
   *
   * @param name as it was written
   * @param ifNotExists whether it is no fault if there is a dataset of that name
   * @param sql the query's text
   */
  record Create(
      String name, boolean ifNotExists, Freshness freshness, String sql, GuardedQuery query)
      implements Statement {}
}
