package dev.lakehouse.query.table;

import dev.lakehouse.query.table.FileDeletes.DataRows;
import dev.lakehouse.query.table.FileDeletes.EqualityDeletes;
import dev.lakehouse.query.table.FileDeletes.PositionDeletes;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LocalFileIO;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.StructLikeWrapper;
import org.jspecify.annotations.Nullable;

/** Collects the delete files of a scan's tasks. */
final class DeletePlanner {
  private record Partition(int spec, StructLikeWrapper values) {}

  private final DatasetName dataset;
  private final Table table;
  private final Schema schema;
  private final List<DataRows> files = new ArrayList<>();
  private final Map<String, PositionDeletes> positions = new LinkedHashMap<>();
  private final Map<String, EqualityDeletes> equalities = new LinkedHashMap<>();
  private final Map<Integer, NestedField> fields = new HashMap<>();
  private final Map<Partition, Integer> partitions = new HashMap<>();

  /**
   * @param schema of the snapshot that is read
   */
  DeletePlanner(DatasetName dataset, Table table, Schema schema) {
    this.dataset = dataset;
    this.table = table;
    this.schema = schema;
  }

  /** Notes the deletes of one data file. */
  void add(FileScanTask task) {
    if (task.deletes().isEmpty()) {
      return;
    }
    files.add(
        new DataRows(
            path(dataset, task.file()),
            task.file().location(),
            task.file().dataSequenceNumber(),
            partition(task.file())));
    task.deletes().forEach(this::add);
  }

  private void add(DeleteFile file) {
    if (file.recordCount() == 0) {
      return;
    }
    String path = path(dataset, file);
    if (file.content() == FileContent.POSITION_DELETES) {
      positions.putIfAbsent(path, new PositionDeletes(path, file.dataSequenceNumber()));
    } else if (!equalities.containsKey(path)) {
      file.equalityFieldIds().forEach(id -> fields.computeIfAbsent(id, this::field));
      equalities.put(
          path,
          new EqualityDeletes(
              path,
              file.dataSequenceNumber(),
              spec(file).isUnpartitioned() ? FileDeletes.EVERY_PARTITION : partition(file),
              file.equalityFieldIds().stream().sorted().toList()));
    }
  }

  /** The column as the snapshot has it, or as the table had it last. */
  private NestedField field(int id) {
    NestedField field = column(schema, id);
    if (field == null) {
      field =
          table.schemas().values().stream()
              .map(schema -> column(schema, id))
              .filter(each -> each != null)
              .reduce((earlier, later) -> later)
              .orElse(null);
    }
    if (field == null) {
      throw Unsupported.table(dataset, "it deletes rows by what is inside a column");
    }
    return field;
  }

  private static @Nullable NestedField column(Schema schema, int id) {
    return schema.columns().stream().filter(each -> each.fieldId() == id).findFirst().orElse(null);
  }

  private int partition(ContentFile<?> file) {
    StructLikeWrapper values =
        StructLikeWrapper.forType(spec(file).partitionType()).copyFor(file.partition());
    return partitions.computeIfAbsent(
        new Partition(file.specId(), values), fresh -> partitions.size());
  }

  private PartitionSpec spec(ContentFile<?> file) {
    return Objects.requireNonNull(table.specs().get(file.specId()));
  }

  FileDeletes deletes() {
    return files.isEmpty()
        ? FileDeletes.NONE
        : new FileDeletes(
            List.copyOf(files),
            List.copyOf(positions.values()),
            List.copyOf(equalities.values()),
            Map.copyOf(fields));
  }

  /** The path of a file that engines can read. */
  static String path(DatasetName dataset, ContentFile<?> file) {
    if (file.format() != FileFormat.PARQUET) {
      throw Unsupported.table(dataset, "it has files of format " + file.format());
    }
    return LocalFileIO.path(file.location()).toString();
  }
}
