package dev.lakehouse.query.table;

import dev.lakehouse.schemas.name.DatasetName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;

/** Metrics as Iceberg reads them from its manifests for each question, for tables with many. */
record PlannedMetrics(DatasetName dataset, Table table, long snapshotId) implements FileMetrics {
  @Override
  public Set<String> mayHold(Expression rows) {
    Set<String> left = new HashSet<>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(snapshotId).filter(rows).planFiles()) {
      for (FileScanTask task : tasks) {
        left.add(DeletePlanner.path(dataset, task.file()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return left;
  }
}
