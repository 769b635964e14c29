package dev.lakehouse.ingest.dataset;

import dev.lakehouse.schemas.event.DatasetChange;

/** Is told of each step of a change before it is taken; a test may end the process there. */
@FunctionalInterface
public interface Steps {
  /** The next step of the change is this. */
  void before(DatasetChange change, String step);
}
