package dev.lakehouse.ingest.undo;

import dev.lakehouse.schemas.table.MetadataColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
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
    table.refresh();
    if (isRemoved()) {
      return;
    }
    List<Place> places = places();
    if (places.isEmpty()) {
      return;
    }
    RowDelta delta = table.newRowDelta().set(SUMMARY, ingestId);
    for (DeleteFile file : write(places)) {
      delta.addDeletes(file);
    }
    try {
      delta.commit();
    } catch (CommitStateUnknownException doubt) {
      table.refresh();
      if (!isRemoved()) {
        throw doubt;
      }
    }
  }

  private boolean isRemoved() {
    for (var snapshot : table.snapshots()) {
      if (ingestId.equals(snapshot.summary().get(SUMMARY))) {
        return true;
      }
    }
    return false;
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
