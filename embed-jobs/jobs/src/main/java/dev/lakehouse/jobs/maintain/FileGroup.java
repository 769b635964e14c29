package dev.lakehouse.jobs.maintain;

import java.util.List;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;

/**
 * Files of one partition that become one, or a few.
 *
 * @param snapshotId the snapshot in which they were found
 * @param sequence equality deletes up to this sequence number are applied to the rows, and those
 *     after it reach them still: so the new files get it as theirs. No file of the group has a
 *     later one
 * @param files with the deletes that reach them
 * @param keyDeletes those of the equality deletes that are applied
 */
record FileGroup(
    long snapshotId,
    long sequence,
    PartitionSpec spec,
    StructLike partition,
    List<FileScanTask> files,
    List<DeleteFile> keyDeletes) {
  FileGroup {
    files = List.copyOf(files);
    keyDeletes = List.copyOf(keyDeletes);
  }

  /** Whether rewriting them changes anything: several become fewer, or rows are taken out. */
  boolean isWorthwhile() {
    return files.size() > 1 || (!files.isEmpty() && !keyDeletes.isEmpty()) || hasPositions();
  }

  private boolean hasPositions() {
    return files.stream()
        .flatMap(task -> task.deletes().stream())
        .anyMatch(delete -> delete.content() == FileContent.POSITION_DELETES);
  }
}
