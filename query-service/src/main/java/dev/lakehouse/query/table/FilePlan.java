package dev.lakehouse.query.table;

import dev.lakehouse.schemas.name.DatasetName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
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
 * @param described the same files with their metrics; none if those are too many to keep
 * @param deletes what is taken out of them
 */
record FilePlan(
    @Nullable Long snapshotId, List<String> files, List<DataFile> described, FileDeletes deletes) {
  static final FilePlan EMPTY = new FilePlan(null, List.of(), List.of(), FileDeletes.NONE);

  /** More commits than this since the last plan are not followed one by one. */
  private static final int MOST_STEPS = 64;

  /**
   * Plans the table's newest snapshot; from the plan before it where only appends lie between,
   * which reads their manifests alone.
   */
  static FilePlan of(DatasetName dataset, Table table, @Nullable FilePlan before) {
    Snapshot current = table.currentSnapshot();
    if (current == null) {
      return EMPTY;
    }
    if (before != null && before.snapshotId != null) {
      List<DataFile> added = appended(table, current, before.snapshotId);
      if (added != null) {
        // Whatever is deleted so far is older than the files that came since.
        return before.with(dataset, current.snapshotId(), added, table.schema());
      }
    }
    return scan(dataset, table, table.schema(), current.snapshotId());
  }

  private FilePlan with(DatasetName dataset, long snapshot, List<DataFile> added, Schema schema) {
    List<String> all = new ArrayList<>(files);
    added.forEach(file -> all.add(DeletePlanner.path(dataset, file)));
    List<DataFile> kept = new ArrayList<>();
    if (described.size() == files.size() && KeptMetrics.areFew(all.size(), schema)) {
      kept.addAll(described);
      kept.addAll(added);
    }
    return new FilePlan(snapshot, List.copyOf(all), List.copyOf(kept), deletes);
  }

  private static @Nullable List<DataFile> appended(Table table, Snapshot current, long since) {
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
    List<DataFile> added = new ArrayList<>();
    for (Snapshot each : steps) {
      SnapshotChanges.builderFor(table).snapshot(each).build().addedDataFiles().forEach(added::add);
    }
    return added;
  }

  /** Plans one snapshot of the table from nothing. */
  static FilePlan scan(DatasetName dataset, Table table, Schema schema, long snapshotId) {
    List<String> files = new ArrayList<>();
    List<DataFile> described = new ArrayList<>();
    boolean few = true;
    DeletePlanner deletes = new DeletePlanner(dataset, table, schema);
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(snapshotId).includeColumnStats().planFiles()) {
      for (FileScanTask task : tasks) {
        files.add(DeletePlanner.path(dataset, task.file()));
        deletes.add(task);
        few &= KeptMetrics.areFew(files.size(), schema);
        if (few) {
          described.add(task.file());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FilePlan(
        snapshotId,
        List.copyOf(files),
        few ? List.copyOf(described) : List.of(),
        deletes.deletes());
  }

  /** What is known of the values in the files. */
  FileMetrics metrics(DatasetName dataset, Table table, Schema schema) {
    if (described.size() == files.size()) {
      return new KeptMetrics(dataset, described, table.specs(), schema);
    }
    return snapshotId == null ? rows -> Set.of() : new PlannedMetrics(dataset, table, snapshotId);
  }
}
