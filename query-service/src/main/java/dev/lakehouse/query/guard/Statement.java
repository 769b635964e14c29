package dev.lakehouse.query.guard;

import org.jspecify.annotations.Nullable;

/** What may be asked. Only queries reach an engine; the rest is answered from the catalog. */
public sealed interface Statement {
  /** The rows of a query. */
  record Ask(GuardedQuery query) implements Statement {}

  /** How a query would be carried out. */
  record Explain(GuardedQuery query) implements Statement {}

  /**
   * The names of the datasets.
   *
   * @param like a pattern that they must match; null for all
   */
  record ShowTables(@Nullable String like) implements Statement {}

  /** The columns of a dataset. */
  record ShowColumns(TableUse table) implements Statement {}
}
