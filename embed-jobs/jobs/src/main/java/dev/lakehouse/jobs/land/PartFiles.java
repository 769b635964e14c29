package dev.lakehouse.jobs.land;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * partition and of the table's target size. However many the partitions are, one file of rows is
 * open at a time, and one of deletes. For one thread.
 */
final class PartFiles {
  private static final Logger LOG = LoggerFactory.getLogger(PartFiles.class);

  private final Table table;
  private final Schema schema;
  private final PartitionSpec spec;
  private final RowWriters writers;
  private final OutputFileFactory names;
  private final long targetBytes;
  private final Partitions<DataWriteResult> rows;
  private final Partitions<DeleteWriteResult> deletes;
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
        new Partitions<>(schema) {
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
        new Partitions<>(keys == null ? schema : keys) {
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

  /** Adds a row of a table without partitions; the row may be used for another afterwards. */
  void write(StructLike row) throws IOException {
    rows.write(null, row);
  }

  /** Adds rows in their order, partition by partition. */
  void writeAll(Collection<? extends StructLike> some) throws IOException {
    rows.writeAll(some);
  }

  /** Deletes the rows of keys that earlier parts and snapshots have. */
  void deleteAll(Collection<? extends StructLike> keys) throws IOException {
    deletes.writeAll(keys);
  }

  /** Closes what is open, so that what comes is in other files. */
  void close() throws IOException {
    rows.close();
    deletes.close();
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

  /** Writes one partition after another. */
  private abstract class Partitions<R> {
    private final @Nullable PartitionKey of;
    private @Nullable PartitionKey current;
    private @Nullable FileWriter<StructLike, R> writer;

    Partitions(Schema schema) {
      of = spec.isUnpartitioned() ? null : new PartitionKey(spec, schema);
    }

    abstract FileWriter<StructLike, R> open(@Nullable PartitionKey partition);

    abstract void closed(R result);

    void writeAll(Collection<? extends StructLike> some) throws IOException {
      if (of == null) {
        for (StructLike each : some) {
          write(null, each);
        }
        return;
      }
      Map<PartitionKey, List<StructLike>> groups = new LinkedHashMap<>();
      for (StructLike each : some) {
        of.partition(each);
        List<StructLike> group = groups.get(of);
        if (group == null) {
          group = new ArrayList<>();
          groups.put(of.copy(), group);
        }
        group.add(each);
      }
      for (Map.Entry<PartitionKey, List<StructLike>> group : groups.entrySet()) {
        for (StructLike each : group.getValue()) {
          write(group.getKey(), each);
        }
      }
    }

    void write(@Nullable PartitionKey partition, StructLike each) throws IOException {
      try {
        if (!Objects.equals(partition, current)) {
          close();
          current = partition;
        }
        FileWriter<StructLike, R> opened = writer;
        if (opened == null) {
          opened = open(partition);
          writer = opened;
        }
        opened.write(each);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    void close() throws IOException {
      FileWriter<StructLike, R> opened = writer;
      if (opened != null) {
        writer = null;
        opened.close();
        closed(opened.result());
      }
    }
  }
}
