package dev.lakehouse.ingest.undo;

import dev.lakehouse.schemas.table.MetadataColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.StructLikeWrapper;

/**
 * Takes the rows of one ingest out of a table, by one equality delete on {@code _ingest_id} in each
 * partition that may have some. It covers the rows that are in the table by then, so it comes after
 * the last of them; to commit it twice changes nothing more.
 */
final class RowsOfIngest {
  /** In the summary of the snapshot that takes the rows out: the ingest. */
  static final String SUMMARY = "lakehouse.undone";

  /** Beside it, where they were counted: how many rows were taken out. */
  private static final String SUMMARY_ROWS = "lakehouse.undone-rows";

  private final Table table;
  private final String ingestId;

  RowsOfIngest(Table table, String ingestId) {
    this.table = table;
    this.ingestId = ingestId;
  }

  /** Where some of the rows may be. */
  private record Place(PartitionSpec spec, StructLike partition) {}

  /**
   * Commits the delete, unless that has happened or the table has none of the rows.
   *
   * @throws RuntimeException if the catalog or the storage failed; asking again is safe
   */
  void remove() throws IOException {
    remove(Map.of());
  }

  /**
   * As {@link #remove}, and counts the rows first, which reads a column of the files that may have
   * some.
   *
   * @return how many rows were taken out, now or when that happened
   */
  long countAndRemove() throws IOException {
    table.refresh();
    Optional<Snapshot> removed = removed();
    if (removed.isPresent()) {
      return Long.parseLong(removed.get().summary().getOrDefault(SUMMARY_ROWS, "0"));
    }
    long rows = 0;
    try (CloseableIterable<Record> read =
        IcebergGenerics.read(table)
            .select(MetadataColumns.INGEST_ID)
            .where(Expressions.equal(MetadataColumns.INGEST_ID, ingestId))
            .build()) {
      for (Record row : read) {
        rows += ingestId.equals(row.getField(MetadataColumns.INGEST_ID)) ? 1 : 0;
      }
    }
    remove(Map.of(SUMMARY_ROWS, Long.toString(rows)));
    return rows;
  }

  private void remove(Map<String, String> notes) throws IOException {
    table.refresh();
    if (removed().isPresent()) {
      return;
    }
    List<Place> places = places();
    if (places.isEmpty()) {
      return;
    }
    RowDelta delta = table.newRowDelta().set(SUMMARY, ingestId);
    notes.forEach(delta::set);
    for (DeleteFile file : write(places)) {
      delta.addDeletes(file);
    }
    delta.validateWith(this::refuseTwice);
    try {
      delta.commit();
    } catch (RuntimeException doubt) {
      // Whether it happened is told by the table, not by the exception.
      table.refresh();
      if (removed().isEmpty()) {
        throw doubt;
      }
    }
  }

  /** Thrown into a commit that has happened; Iceberg then leaves all files where they are. */
  private static final class RemovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A commit that succeeded and was answered as failed is tried again, on top of itself. */
  private boolean refuseTwice(Iterable<Snapshot> ancestors) {
    for (Snapshot snapshot : ancestors) {
      if (ingestId.equals(snapshot.summary().get(SUMMARY))) {
        throw new RemovedException();
      }
    }
    return true;
  }

  private Optional<Snapshot> removed() {
    for (Snapshot snapshot : table.snapshots()) {
      if (ingestId.equals(snapshot.summary().get(SUMMARY))) {
        return Optional.of(snapshot);
      }
    }
    return Optional.empty();
  }

  private List<Place> places() throws IOException {
    List<Place> places = new ArrayList<>();
    List<Object> seen = new ArrayList<>();
    try (CloseableIterable<FileScanTask> files =
        table
            .newScan()
            .filter(Expressions.equal(MetadataColumns.INGEST_ID, ingestId))
            .planFiles()) {
      for (FileScanTask task : files) {
        PartitionSpec spec = task.spec();
        Object key =
            List.of(
                spec.specId(),
                StructLikeWrapper.forType(spec.partitionType()).set(task.file().partition()));
        if (!seen.contains(key)) {
          seen.add(key);
          places.add(new Place(spec, task.file().partition()));
        }
      }
    }
    return places;
  }

  private List<DeleteFile> write(List<Place> places) throws IOException {
    Schema column = table.schema().select(MetadataColumns.INGEST_ID);
    Record row = GenericRecord.create(column);
    row.setField(MetadataColumns.INGEST_ID, ingestId);
    OutputFileFactory names =
        OutputFileFactory.builderFor(table, 0, 0)
            .format(FileFormat.PARQUET)
            .operationId("undo-" + UUID.randomUUID())
            .suffix("deletes")
            .build();
    List<DeleteFile> files = new ArrayList<>();
    for (Place place : places) {
      EqualityDeleteWriter<Record> writer =
          Parquet.writeDeletes(
                  names.newOutputFile(place.spec(), place.partition()).encryptingOutputFile())
              .forTable(table)
              .withSpec(place.spec())
              .withPartition(place.partition())
              .rowSchema(column)
              .equalityFieldIds(column.columns().get(0).fieldId())
              .createWriterFunc(GenericParquetWriter::create)
              .overwrite()
              .buildEqualityWriter();
      try (writer) {
        writer.write(row);
      }
      files.add(writer.toDeleteFile());
    }
    return files;
  }
}
