package dev.lakehouse.jobs.maintain;

import dev.lakehouse.schemas.name.DatasetName;
import java.util.Set;

/** The snapshots that queries read of late. */
public interface UsedSnapshots {
  /** Those of a dataset that are to be kept, as of now. */
  Set<Long> of(DatasetName dataset);
}
