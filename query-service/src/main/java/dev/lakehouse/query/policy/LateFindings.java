package dev.lakehouse.query.policy;

import dev.lakehouse.query.catalog.Findings;
import dev.lakehouse.schemas.event.ColumnFinding;
import java.util.Optional;

/** Knows nothing, until there are findings to ask. */
final class LateFindings implements Findings {
  private volatile Findings known = Findings.NONE;

  void follow(Findings findings) {
    known = findings;
  }

  @Override
  public Optional<ColumnFinding> of(String incarnation, int fieldId) {
    return known.of(incarnation, fieldId);
  }
}
