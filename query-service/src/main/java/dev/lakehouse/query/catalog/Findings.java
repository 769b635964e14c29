package dev.lakehouse.query.catalog;

import dev.lakehouse.schemas.event.ColumnFinding;
import java.util.Optional;

/** What the classifier says of columns. Safe for use by many threads. */
@FunctionalInterface
public interface Findings extends AutoCloseable {
  /** Knows nothing, so that every column counts as sensitive. */
  Findings NONE = (incarnation, fieldId) -> Optional.empty();

  /**
   * The newest finding of a column, or empty if there is none.
   *
   * @param incarnation of its dataset: the topic id, as the table records it
   */
  Optional<ColumnFinding> of(String incarnation, int fieldId);

  @Override
  default void close() {}
}
