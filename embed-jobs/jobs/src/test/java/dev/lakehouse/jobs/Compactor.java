package dev.lakehouse.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;

/** Rewrites all files of a table into one, through Iceberg's own API. */
final class Compactor {
  private Compactor() {}

  /** Whether it was committed before somebody else was. */
  static boolean compact(Table table) {
    table.refresh();
    if (table.currentSnapshot() == null) {
      return false;
    }
    Set<DataFile> files = new HashSet<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      String location =
          table.locationProvider().newDataLocation("compacted-" + UUID.randomUUID() + ".parquet");
      DataWriter<Record> writer =
          Parquet.writeData(table.io().newOutputFile(location))
              .schema(table.schema())
              .withSpec(PartitionSpec.unpartitioned())
              .createWriterFunc(GenericParquetWriter::create)
              .build();
      try (writer) {
        for (FileScanTask task : tasks) {
          files.add(task.file());
          try (CloseableIterable<Record> rows = LandFixture.read(table, task)) {
            rows.forEach(writer::write);
          }
        }
      }
      RewriteFiles rewrite = table.newRewrite();
      files.forEach(rewrite::deleteFile);
      rewrite.addFile(writer.toDataFile()).commit();
      return true;
    } catch (CommitFailedException raced) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
