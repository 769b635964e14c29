package dev.lakehouse.jobs.land;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.DataWriteResult;
import org.apache.iceberg.io.DeleteWriteResult;
import org.apache.iceberg.io.FileWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.RollingDataWriter;
import org.apache.iceberg.io.RollingEqualityDeleteWriter;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one part: rows, and keys whose earlier rows are deleted, each in files of its
 * partition and of the table's target size. However many the partitions are, only so many files are
 * open at a time. For one thread.
 */
final class PartFiles {
  static final int MOST_OPEN = 16;
  private static final Logger LOG = LoggerFactory.getLogger(PartFiles.class);

  private final Table table;
  private final Schema schema;
  private final PartitionSpec spec;
  private final RowWriters writers;
  private final OutputFileFactory names;
  private final long targetBytes;
  private final FanOut<DataWriteResult> rows;
  private final FanOut<DeleteWriteResult> deletes;
  private final List<DataFile> rowFiles = new ArrayList<>();
  private final List<DeleteFile> deleteFiles = new ArrayList<>();

  /**
   * @param sorted the order that rows are written in
   * @param keys the key columns, or null if the dataset is append-only
   */
  PartFiles(Table table, SortOrder sorted, @Nullable Schema keys) {
    this.table = table;
    this.schema = table.schema();
    this.spec = table.spec();
    this.writers = new RowWriters(table, schema, sorted, keys);
    this.names =
        OutputFileFactory.builderFor(table, 0, 0)
            .format(FileFormat.PARQUET)
            .operationId(UUID.randomUUID().toString())
            .build();
    this.targetBytes =
        PropertyUtil.propertyAsLong(
            table.properties(),
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    this.rows =
        new FanOut<>(schema) {
          @Override
          FileWriter<StructLike, DataWriteResult> open(@Nullable PartitionKey partition) {
            return new RollingDataWriter<>(
                writers, names, table.io(), targetBytes, spec, partition);
          }

          @Override
          void closed(DataWriteResult result) {
            rowFiles.addAll(result.dataFiles());
          }
        };
    this.deletes =
        new FanOut<>(keys == null ? schema : keys) {
          @Override
          FileWriter<StructLike, DeleteWriteResult> open(@Nullable PartitionKey partition) {
            return new RollingEqualityDeleteWriter<>(
                writers, names, table.io(), targetBytes, spec, partition);
          }

          @Override
          void closed(DeleteWriteResult result) {
            deleteFiles.addAll(result.deleteFiles());
          }
        };
  }

  /** The schema of rows. */
  Schema schema() {
    return schema;
  }

  /** Adds a row, which may be used for another afterwards if nothing in it is. */
  void write(StructLike row) throws IOException {
    rows.write(row);
  }

  /** Deletes the rows of a key that earlier parts and snapshots have. */
  void delete(StructLike key) throws IOException {
    deletes.write(key);
  }

  /** Closes what is open, so that what comes is in other files. */
  void close() throws IOException {
    rows.closeAll();
    deletes.closeAll();
  }

  /** Closes what is open and gives everything since the last call. */
  Part finish() throws IOException {
    close();
    Part part = new Part(rowFiles, deleteFiles);
    rowFiles.clear();
    deleteFiles.clear();
    return part;
  }

  /**
   * Deletes what was written since the last call of {@link #finish}, as far as that is possible.
   */
  void abandon() {
    try {
      delete(table, finish());
    } catch (IOException | RuntimeException e) {
      LOG.debug("abandoned files of {} stay", table.name(), e);
    }
  }

  /** Deletes files that no commit was tried with. */
  static void delete(Table table, Part part) {
    part.locations()
        .forEach(
            location -> {
              try {
                table.io().deleteFile(location);
              } catch (RuntimeException e) {
                LOG.debug("file {} stays", location, e);
              }
            });
  }

  /** A writer for each partition, of which the one that was idle longest closes first. */
  private abstract class FanOut<R> {
    private final @Nullable PartitionKey of;
    private final Map<PartitionKey, FileWriter<StructLike, R>> open =
        new LinkedHashMap<>(MOST_OPEN, 0.75f, true);
    private @Nullable FileWriter<StructLike, R> only;

    FanOut(Schema schema) {
      of = spec.isUnpartitioned() ? null : new PartitionKey(spec, schema);
    }

    abstract FileWriter<StructLike, R> open(@Nullable PartitionKey partition);

    abstract void closed(R result);

    void write(StructLike row) throws IOException {
      try {
        writer(row).write(row);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    private FileWriter<StructLike, R> writer(StructLike row) throws IOException {
      FileWriter<StructLike, R> writer = only;
      if (of != null) {
        of.partition(row);
        writer = open.get(of);
        if (writer == null) {
          closeDownTo(MOST_OPEN - 1);
          PartitionKey partition = of.copy();
          writer = open(partition);
          open.put(partition, writer);
        }
      } else if (writer == null) {
        writer = open(null);
        only = writer;
      }
      return writer;
    }

    private void closeDownTo(int most) throws IOException {
      while (open.size() > most) {
        PartitionKey eldest = open.keySet().iterator().next();
        close(open.remove(eldest));
      }
    }

    private void close(@Nullable FileWriter<StructLike, R> writer) throws IOException {
      if (writer != null) {
        writer.close();
        closed(writer.result());
      }
    }

    void closeAll() throws IOException {
      FileWriter<StructLike, R> last = only;
      only = null;
      close(last);
      closeDownTo(0);
    }
  }
}
