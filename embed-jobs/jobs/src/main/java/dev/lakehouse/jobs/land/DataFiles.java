package dev.lakehouse.jobs.land;

import dev.lakehouse.jobs.convert.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.parquet.InternalWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes rows of one schema into Parquet files of the table's target size. For one thread. */
final class DataFiles {
  private static final Logger LOG = LoggerFactory.getLogger(DataFiles.class);
  private static final int LOOK_AT_SIZE_EVERY = 1000;

  private final Table table;
  private final Schema schema;
  private final OutputFileFactory names;
  private final long targetBytes;
  private final List<DataFile> done = new ArrayList<>();
  private @Nullable DataWriter<Row> open;
  private long rows;

  /**
   * @param operation unique in the table, part of each file's name
   */
  DataFiles(Table table, String operation) {
    this.table = table;
    this.schema = table.schema();
    this.names =
        OutputFileFactory.builderFor(table, 0, 0)
            .format(FileFormat.PARQUET)
            .operationId(operation)
            .build();
    this.targetBytes =
        PropertyUtil.propertyAsLong(
            table.properties(),
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
  }

  Schema schema() {
    return schema;
  }

  void write(Row row) throws IOException {
    DataWriter<Row> writer = open;
    if (writer == null) {
      writer =
          Parquet.writeData(names.newOutputFile().encryptingOutputFile())
              .schema(schema)
              .setAll(table.properties())
              .metricsConfig(MetricsConfig.forTable(table))
              .withSpec(PartitionSpec.unpartitioned())
              .createWriterFunc(InternalWriter::createWriter)
              .overwrite()
              .build();
      open = writer;
    }
    writer.write(row);
    if (++rows % LOOK_AT_SIZE_EVERY == 0 && writer.length() >= targetBytes) {
      closeOpen();
    }
  }

  long rows() {
    return rows;
  }

  /** Closes the open file and gives all files since the last call. */
  List<DataFile> finish() throws IOException {
    closeOpen();
    List<DataFile> files = List.copyOf(done);
    done.clear();
    rows = 0;
    return files;
  }

  /**
   * Deletes what was written since the last call of {@link #finish}, as far as that is possible.
   */
  void abandon() {
    try {
      closeOpen();
    } catch (IOException | RuntimeException e) {
      LOG.debug("an abandoned data file of {} stays", table.name(), e);
    }
    delete(table, done);
    done.clear();
  }

  /** Deletes files that no commit was tried with. */
  static void delete(Table table, Collection<DataFile> files) {
    for (DataFile file : files) {
      try {
        table.io().deleteFile(file.location());
      } catch (RuntimeException e) {
        LOG.debug("data file {} stays", file.location(), e);
      }
    }
  }

  private void closeOpen() throws IOException {
    DataWriter<Row> writer = open;
    if (writer != null) {
      open = null;
      writer.close();
      done.add(writer.toDataFile());
    }
  }
}
