package dev.lakehouse.jobs;

import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.OffsetVector;

/**
 * How far a dataset's table is behind its topic.
 *
 * @param dataset the dataset
 * @param topic its topic
 * @param recorded next offset of each partition, as the table says
 * @param ends offset after the last committed record or marker of each partition
 * @param behind offsets between the two where committed records are waiting; 0 if only transaction
 *     markers are left. An upper bound for rows, since markers take offsets too
 * @param state {@code running}, or the code of what stopped it, as in {@link
 *     dev.lakehouse.schemas.event.LandingStatus}
 * @param reason why it stopped; empty while it runs
 */
public record DatasetLag(
    DatasetName dataset,
    String topic,
    OffsetVector recorded,
    OffsetVector ends,
    long behind,
    String state,
    String reason) {
  /** The state of a dataset that is landed. */
  public static final String RUNNING = "running";

  public boolean isRunning() {
    return state.equals(RUNNING);
  }
}
