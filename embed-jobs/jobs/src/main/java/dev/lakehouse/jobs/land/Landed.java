package dev.lakehouse.jobs.land;

import java.io.Serializable;

/** What a writer tells the committer of one dataset. */
public sealed interface Landed extends Serializable permits Batch, Trouble {
  /** The topic it is about. */
  String topic();
}
