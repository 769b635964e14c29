package dev.lakehouse.query.table;

import dev.lakehouse.schemas.name.DatasetName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/**
 * The data files of one snapshot.
 *
 * @param snapshotId null if the table has no snapshot
 * @param files paths
 * @param deletes what is taken out of them
 */
record FilePlan(@Nullable Long snapshotId, List<String> files, FileDeletes deletes) {
  /** More commits than this since the last plan are not followed one by one. */
  private static final int MOST_STEPS = 64;

  /**
   * Plans the table's newest snapshot; from the plan before it where only appends lie between,
   * which reads their manifests alone.
   */
  static FilePlan of(DatasetName dataset, Table table, @Nullable FilePlan before) {
    Snapshot current = table.currentSnapshot();
    if (current == null) {
      return new FilePlan(null, List.of(), FileDeletes.NONE);
    }
    if (before != null && before.snapshotId != null) {
      List<String> added = appended(dataset, table, current, before.snapshotId);
      if (added != null) {
        List<String> files = new ArrayList<>(before.files);
        files.addAll(added);
        // Whatever is deleted so far is older than the files that came since.
        return new FilePlan(current.snapshotId(), List.copyOf(files), before.deletes);
      }
    }
    return scan(dataset, table, current.snapshotId());
  }

  private static @Nullable List<String> appended(
      DatasetName dataset, Table table, Snapshot current, long since) {
    List<Snapshot> steps = new ArrayList<>();
    Snapshot step = current;
    while (step != null && step.snapshotId() != since) {
      if (!step.operation().equals(DataOperations.APPEND) || steps.size() == MOST_STEPS) {
        return null;
      }
      steps.add(step);
      step = step.parentId() == null ? null : table.snapshot(step.parentId());
    }
    if (step == null) {
      return null;
    }
    Collections.reverse(steps);
    List<String> added = new ArrayList<>();
    for (Snapshot each : steps) {
      for (DataFile file :
          SnapshotChanges.builderFor(table).snapshot(each).build().addedDataFiles()) {
        added.add(DeletePlanner.path(dataset, file));
      }
    }
    return added;
  }

  private static FilePlan scan(DatasetName dataset, Table table, long snapshotId) {
    List<String> files = new ArrayList<>();
    DeletePlanner deletes = new DeletePlanner(dataset, table);
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        files.add(DeletePlanner.path(dataset, task.file()));
        deletes.add(task);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FilePlan(snapshotId, List.copyOf(files), deletes.deletes());
  }
}
