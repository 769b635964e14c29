package dev.lakehouse.jobs.maintain;

import java.util.Map;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.parquet.InternalReader;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.parquet.Parquet;

/** Opens a table's Parquet files for their rows in Iceberg's internal representation. */
final class RowFiles {
  private RowFiles() {}

  /**
   * The rows in their order, each an object of its own.
   *
   * @param columns by field id; what the file lacks has its default
   * @param constants field id → value of columns that the partition tells
   */
  static CloseableIterable<StructLike> read(
      Table table, ContentFile<?> file, Schema columns, Map<Integer, ?> constants) {
    Parquet.ReadBuilder read =
        Parquet.read(table.io().newInputFile(file.location()))
            .project(columns)
            .createReaderFunc(found -> InternalReader.create(columns, found, constants));
    String mapping = table.properties().get(TableProperties.DEFAULT_NAME_MAPPING);
    return (mapping == null ? read : read.withNameMapping(NameMappingParser.fromJson(mapping)))
        .build();
  }
}
