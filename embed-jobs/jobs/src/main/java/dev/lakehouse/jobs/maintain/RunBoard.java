package dev.lakehouse.jobs.maintain;

import dev.lakehouse.schemas.event.MaintainRun;

/** Where it is told how each run goes. */
public interface RunBoard {
  /** Tells it, sooner or later; the run may be changed afterwards. */
  void publish(MaintainRun run);
}
