package dev.lakehouse.jobs.maintain;

import dev.lakehouse.jobs.land.RowWriters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.SortOrderComparators;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.RollingDataWriter;
import org.apache.iceberg.util.PartitionUtil;
import org.apache.iceberg.util.SortedMerge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the rows of a group anew, without those that deletes took out: file after file, or side by
 * side where the files are sorted as the table asks. One row group is in memory. For one thread.
 */
final class GroupWriter {
  private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private final Table table;
  private final FileGroup group;
  private final long targetBytes;
  private final String token;
  private long removed;

  /**
   * @param token names the new files
   */
  GroupWriter(Table table, FileGroup group, long targetBytes, String token) {
    this.table = table;
    this.group = group;
    this.targetBytes = targetBytes;
    this.token = token;
  }

  /**
   * What was written.
   *
   * @param removed rows that were left out
   */
  record Written(List<DataFile> files, long removed) {}

  /** Writes all of it; if that fails, what was written is deleted. */
  Written write() throws IOException, UpkeepException {
    boolean sorted = isSorted();
    RollingDataWriter<StructLike> writer = writer(sorted);
    try {
      try (writer;
          CloseableIterable<StructLike> rows = rows(sorted)) {
        rows.forEach(writer::write);
      }
      return new Written(writer.result().dataFiles(), removed);
    } catch (IOException | UpkeepException | RuntimeException e) {
      abandon(writer);
      throw e;
    }
  }

  private void abandon(RollingDataWriter<StructLike> writer) {
    try {
      delete(table, writer.result().dataFiles());
    } catch (RuntimeException e) {
      LOG.debug("files of a rewrite of {} stay until orphans are removed", table.name(), e);
    }
  }

  /** Deletes files that no commit names. */
  static void delete(Table table, List<DataFile> files) {
    files.forEach(file -> table.io().deleteFile(file.location()));
  }

  private boolean isSorted() {
    int order = table.sortOrder().orderId();
    return table.sortOrder().isSorted()
        && group.files().stream()
            .allMatch(task -> Objects.equals(task.file().sortOrderId(), order));
  }

  private RollingDataWriter<StructLike> writer(boolean sorted) {
    Map<String, String> settings = new HashMap<>(table.properties());
    settings.merge(
        TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES,
        Long.toString(ROW_GROUP_BYTES),
        (set, most) -> Long.toString(Math.min(Long.parseLong(set), ROW_GROUP_BYTES)));
    OutputFileFactory names =
        OutputFileFactory.builderFor(table, 0, 0)
            .format(FileFormat.PARQUET)
            .operationId(token)
            .build();
    return new RollingDataWriter<>(
        new RowWriters(
            table, table.schema(), sorted ? table.sortOrder() : SortOrder.unsorted(), settings),
        names,
        table.io(),
        targetBytes,
        group.spec(),
        group.spec().isUnpartitioned() ? null : group.partition());
  }

  private CloseableIterable<StructLike> rows(boolean sorted) throws IOException, UpkeepException {
    KeyDeletes keys = KeyDeletes.read(table, group.keyDeletes());
    DeletedPositions positions = DeletedPositions.read(table, group.files());
    List<CloseableIterable<StructLike>> files = new ArrayList<>();
    for (FileScanTask task : group.files()) {
      files.add(left(task, keys, positions.of(task)));
    }
    Comparator<StructLike> order =
        sorted ? SortOrderComparators.forSchema(table.schema(), table.sortOrder()) : null;
    return order == null ? CloseableIterable.concat(files) : new SortedMerge<>(order, files);
  }

  /** The rows of a file that nothing took out. */
  private CloseableIterable<StructLike> left(FileScanTask task, KeyDeletes keys, BitSet positions) {
    long sequence = Objects.requireNonNull(task.file().dataSequenceNumber());
    Place place = new Place();
    return CloseableIterable.filter(
        RowFiles.read(table, task.file(), table.schema(), PartitionUtil.constantsMap(task)),
        row -> {
          boolean taken = positions.get(place.next()) || keys.take(row, sequence);
          removed += taken ? 1 : 0;
          return !taken;
        });
  }

  /** The place of the row that is read next, in its file. */
  private static final class Place {
    private int next;

    int next() {
      return next++;
    }
  }
}
