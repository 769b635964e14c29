package dev.lakehouse.query.upkeep;

import dev.lakehouse.schemas.event.MaintainRun;
import dev.lakehouse.schemas.http.Problem;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is answered.
 *
 * @param state whether it waits, runs, is done or has failed
 * @param stage what it is at while it runs: {@code merge}, {@code manifests}, {@code expire} or
 *     {@code orphans}
 * @param files data files of the table
 * @param bytes of the table's data and delete files
 * @param deletes files of deletes, and rows that are no longer in the files
 * @param metadataBytes size of the table's metadata file
 * @param conflicts rewrites that were given up since somebody else changed the same files
 */
record Compaction(
    String id,
    String dataset,
    String state,
    @Nullable String stage,
    boolean automatic,
    Files files,
    Change bytes,
    Deletes deletes,
    Change metadataBytes,
    Snapshots snapshots,
    Orphans orphans,
    long conflicts,
    @Nullable Problem error,
    Instant requestedAt,
    @Nullable Instant startedAt,
    Instant updatedAt) {
  /** From what to what. */
  record Change(long before, long after) {}

  /**
   * @param rewritten so many were replaced by fewer
   */
  record Files(long before, long after, long rewritten) {}

  record Deletes(long before, long after, long rowsRemoved) {}

  /**
   * @param files deleted, which only expired snapshots had
   */
  record Snapshots(long before, long expired, long files) {}

  /**
   * @param leftFor why they were not looked for; null if they were
   */
  record Orphans(long removed, long bytes, @Nullable String leftFor) {}

  static Compaction of(MaintainRun run) {
    String code = run.getCode();
    return new Compaction(
        run.getId(),
        run.getDataset(),
        run.getState().name().toLowerCase(Locale.ROOT),
        run.getStage().isEmpty() ? null : run.getStage(),
        run.getAutomatic(),
        new Files(run.getFilesBefore(), run.getFilesAfter(), run.getFilesRewritten()),
        new Change(run.getBytesBefore(), run.getBytesAfter()),
        new Deletes(run.getDeleteFilesBefore(), run.getDeleteFilesAfter(), run.getRowsRemoved()),
        new Change(run.getMetadataBytesBefore(), run.getMetadataBytesAfter()),
        new Snapshots(run.getSnapshotsBefore(), run.getSnapshotsExpired(), run.getFilesDeleted()),
        new Orphans(run.getOrphansRemoved(), run.getOrphanBytes(), run.getOrphansLeftFor()),
        run.getConflicts(),
        code == null
            ? null
            : Problem.of(500, code, "The upkeep failed", String.valueOf(run.getError())),
        run.getRequestedAt(),
        run.getStartedAt(),
        run.getUpdatedAt());
  }
}
