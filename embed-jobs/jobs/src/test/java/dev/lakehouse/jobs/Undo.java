package dev.lakehouse.jobs;

import dev.lakehouse.schemas.table.MetadataColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.parquet.Parquet;

/** Somebody else's delete of all rows of an ingest, through Iceberg's own API. */
final class Undo {
  private Undo() {}

  static void undo(Table table, String ingestId) {
    table.refresh();
    Schema column = table.schema().select(MetadataColumns.INGEST_ID);
    String location =
        table.locationProvider().newDataLocation("undone-" + UUID.randomUUID() + ".parquet");
    try {
      EqualityDeleteWriter<Record> writer =
          Parquet.writeDeletes(table.io().newOutputFile(location))
              .forTable(table)
              .withSpec(table.spec())
              .rowSchema(column)
              .equalityFieldIds(column.columns().get(0).fieldId())
              .createWriterFunc(GenericParquetWriter::create)
              .buildEqualityWriter();
      try (writer) {
        Record ingest = GenericRecord.create(column);
        ingest.setField(MetadataColumns.INGEST_ID, ingestId);
        writer.write(ingest);
      }
      table.newRowDelta().addDeletes(writer.toDeleteFile()).commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
