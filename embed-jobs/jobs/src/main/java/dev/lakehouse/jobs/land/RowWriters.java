package dev.lakehouse.jobs.land;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.parquet.InternalWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.FileWriterFactory;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;

/** Opens Iceberg's own Parquet writers for rows in its internal representation. */
public final class RowWriters implements FileWriterFactory<StructLike> {
  private final Table table;
  private final Schema rows;
  private final SortOrder sorted;
  private final @Nullable Schema keys;
  private final Map<String, String> settings;

  /**
   * @param rows the schema of rows
   * @param sorted the order that rows come in
   * @param keys the schema of what deletes; null if nothing does
   */
  RowWriters(Table table, Schema rows, SortOrder sorted, @Nullable Schema keys) {
    this(table, rows, sorted, keys, table.properties());
  }

  /**
   * For files of rows only.
   *
   * @param rows the schema of rows
   * @param sorted the order that rows come in
   * @param settings how to write Parquet, by the names of table properties
   */
  public RowWriters(Table table, Schema rows, SortOrder sorted, Map<String, String> settings) {
    this(table, rows, sorted, null, settings);
  }

  private RowWriters(
      Table table,
      Schema rows,
      SortOrder sorted,
      @Nullable Schema keys,
      Map<String, String> settings) {
    this.table = table;
    this.rows = rows;
    this.sorted = sorted;
    this.keys = keys;
    this.settings = settings;
  }

  @Override
  public DataWriter<StructLike> newDataWriter(
      EncryptedOutputFile file, PartitionSpec spec, @Nullable StructLike partition) {
    try {
      return Parquet.writeData(file.encryptingOutputFile())
          .schema(rows)
          .setAll(settings)
          .metricsConfig(MetricsConfig.forTable(table))
          .withSpec(spec)
          .withPartition(partition)
          .withSortOrder(sorted)
          .createWriterFunc(InternalWriter::createWriter)
          .overwrite()
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public EqualityDeleteWriter<StructLike> newEqualityDeleteWriter(
      EncryptedOutputFile file, PartitionSpec spec, @Nullable StructLike partition) {
    if (keys == null) {
      throw new IllegalStateException("an append-only dataset deletes nothing");
    }
    try {
      return Parquet.writeDeletes(file.encryptingOutputFile())
          .setAll(settings)
          .metricsConfig(MetricsConfig.forTable(table))
          .withSpec(spec)
          .withPartition(partition)
          .rowSchema(keys)
          .equalityFieldIds(keys.columns().stream().map(field -> field.fieldId()).toList())
          .createWriterFunc(InternalWriter::createWriter)
          .overwrite()
          .buildEqualityWriter();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public PositionDeleteWriter<StructLike> newPositionDeleteWriter(
      EncryptedOutputFile file, PartitionSpec spec, @Nullable StructLike partition) {
    throw new UnsupportedOperationException("rows are deleted by key");
  }
}
