package dev.lakehouse.jobs.maintain;

import dev.lakehouse.schemas.event.MaintainRun;
import dev.lakehouse.schemas.name.DatasetName;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;

/**
 * The upkeep of one table, step by step: a step rewrites one group of files, or does one of the
 * other stages. Each leaves the table as right as it was, so that it may end after any. For one
 * thread.
 */
final class Upkeep {
  /** What is done, in this order. */
  enum Stage {
    /** Small files are merged, and deletes applied. */
    MERGE,
    /** Manifests are merged, and deletes that reach nothing dropped. */
    MANIFESTS,
    /** Snapshots are expired. */
    EXPIRE,
    /** Files that nothing names are removed. */
    ORPHANS
  }

  /** Rounds of planning, each after all that was planned before. */
  private static final int MOST_ROUNDS = 1_000;

  /** Rewrites that are given up one after another, since somebody else is at it too. */
  private static final int MOST_CONFLICTS = 10;

  private final MaintainRun run;
  private final DatasetName dataset;
  private final Table table;
  private final FilePlanner.Scope scope;
  private final Tools tools;
  private final Deque<Stage> stages;
  private final Deque<FileGroup> groups = new ArrayDeque<>();
  private int rounds;
  private int conflicts;

  /** Whether the newest file of a group is left as it is, since the last try was refused. */
  private boolean spare;

  /** What it is done with. */
  record Tools(
      FilePlanner planner,
      Rewrites rewrites,
      SnapshotKeeper keeper,
      UsedSnapshots used,
      Orphans orphans) {}

  /**
   * @param run is told how it goes
   * @param table loaded a moment ago
   * @param thorough every small file is merged, and not only those that have company of their size
   * @param deletes files are rewritten for their deletes, too
   */
  Upkeep(
      MaintainRun run,
      Table table,
      Set<Stage> stages,
      boolean thorough,
      boolean deletes,
      Tools tools) {
    this.run = run;
    this.dataset = new DatasetName(run.getDataset());
    this.table = table;
    this.stages = new ArrayDeque<>(stages);
    Snapshot current = table.currentSnapshot();
    this.scope =
        new FilePlanner.Scope(
            thorough, deletes, current == null ? 0 : current.sequenceNumber(), false);
    this.tools = tools;
    run.setStage(name());
    run.setFilesBefore(total(SnapshotSummary.TOTAL_DATA_FILES_PROP));
    run.setBytesBefore(total(SnapshotSummary.TOTAL_FILE_SIZE_PROP));
    run.setDeleteFilesBefore(total(SnapshotSummary.TOTAL_DELETE_FILES_PROP));
    run.setSnapshotsBefore(snapshots());
    run.setMetadataBytesBefore(metadataBytes());
    count();
  }

  MaintainRun run() {
    return run;
  }

  /**
   * Takes a step.
   *
   * @return whether there is another
   */
  boolean step() throws IOException, UpkeepException {
    Stage stage = stages.peek();
    if (stage != null && (stage != Stage.MERGE || !merge())) {
      switch (stage) {
        case MERGE -> {}
        case MANIFESTS -> {
          tools.rewrites().dropIdleDeletes(table);
          tools.rewrites().mergeManifests(table);
        }
        case EXPIRE -> expire();
        case ORPHANS -> removeOrphans();
      }
      stages.remove();
    }
    run.setStage(name());
    count();
    return !stages.isEmpty();
  }

  private String name() {
    Stage stage = stages.peek();
    return stage == null ? "" : stage.name().toLowerCase(Locale.ROOT);
  }

  /** Rewrites a group; whether there is another. */
  private boolean merge() throws IOException, UpkeepException {
    if (groups.isEmpty() && rounds < MOST_ROUNDS && conflicts < MOST_CONFLICTS) {
      rounds++;
      plan();
    }
    FileGroup group = groups.poll();
    if (group == null) {
      return false;
    }
    Rewrites.Merged merged = tools.rewrites().merge(table, group);
    if (merged.committed()) {
      conflicts = 0;
      spare = false;
      run.setFilesRewritten(run.getFilesRewritten() + group.files().size());
      run.setRowsRemoved(run.getRowsRemoved() + merged.removed());
    } else {
      conflicts++;
      run.setConflicts(run.getConflicts() + 1);
      // What else was planned may have been changed as well.
      groups.clear();
      spare = !spare;
    }
    return true;
  }

  private void plan() throws IOException {
    table.refresh();
    groups.addAll(tools.planner().plan(table, scope.sparing(spare)).groups());
    if (groups.isEmpty() && spare) {
      spare = false;
      groups.addAll(tools.planner().plan(table, scope.sparing(false)).groups());
    }
  }

  private void expire() {
    table.refresh();
    tools.keeper().tag(table);
    SnapshotKeeper.Expired expired = tools.keeper().expire(table, tools.used().of(dataset));
    run.setSnapshotsExpired(run.getSnapshotsExpired() + expired.snapshots());
    run.setFilesDeleted(run.getFilesDeleted() + expired.files());
  }

  private void removeOrphans() throws IOException {
    table.refresh();
    Orphans.Removed removed = tools.orphans().remove(dataset, table);
    run.setOrphansRemoved(run.getOrphansRemoved() + removed.files());
    run.setOrphanBytes(run.getOrphanBytes() + removed.bytes());
    run.setOrphansLeftFor(removed.leftFor().isEmpty() ? null : removed.leftFor());
  }

  private void count() {
    run.setFilesAfter(total(SnapshotSummary.TOTAL_DATA_FILES_PROP));
    run.setBytesAfter(total(SnapshotSummary.TOTAL_FILE_SIZE_PROP));
    run.setDeleteFilesAfter(total(SnapshotSummary.TOTAL_DELETE_FILES_PROP));
    run.setMetadataBytesAfter(metadataBytes());
  }

  private long total(String property) {
    return total(table, property);
  }

  /** What the newest snapshot says of itself. */
  static long total(Table table, String property) {
    Snapshot current = table.currentSnapshot();
    return current == null ? 0 : Long.parseLong(current.summary().getOrDefault(property, "0"));
  }

  private long snapshots() {
    return StreamSupport.stream(table.snapshots().spliterator(), false).count();
  }

  private long metadataBytes() {
    String location = ((HasTableOperations) table).operations().current().metadataFileLocation();
    return location == null ? 0 : table.io().newInputFile(location).getLength();
  }
}
