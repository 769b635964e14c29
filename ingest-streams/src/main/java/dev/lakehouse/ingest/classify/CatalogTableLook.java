package dev.lakehouse.ingest.classify;

import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.FormerFindings;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** Asks the Iceberg catalog. */
final class CatalogTableLook implements TableLook {
  private record Place(String dataset, int partition, long offset) {}

  private final LakeCatalog catalog;
  private final Map<Place, Boolean> below = new HashMap<>();

  CatalogTableLook(LakeCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Optional<Columns> columns(String dataset, String incarnation) {
    return catalog
        .table(new DatasetName(dataset))
        .filter(
            table -> LandedState.of(table).map(s -> s.topicId().equals(incarnation)).orElse(false))
        .map(
            table -> {
              Map<String, Integer> leaves = new LinkedHashMap<>();
              for (NestedField field : table.schema().columns()) {
                if (!MetadataColumns.contains(field.name())) {
                  add(field.name(), field.fieldId(), field.type(), leaves);
                }
              }
              return FormerFindings.in(table.properties())
                  .map(former -> new Columns(leaves, former))
                  .orElseGet(() -> new Columns(leaves));
            });
  }

  private static void add(String path, int id, Type type, Map<String, Integer> leaves) {
    if (type.isPrimitiveType()) {
      leaves.put(path, id);
    } else if (type instanceof Types.ListType list) {
      add(path + ".element", list.elementId(), list.elementType(), leaves);
    } else if (type instanceof Types.MapType map) {
      add(path + ".key", map.keyId(), map.keyType(), leaves);
      add(path + ".value", map.valueId(), map.valueType(), leaves);
    } else {
      for (NestedField field : type.asStructType().fields()) {
        add(path + "." + field.name(), field.fieldId(), field.type(), leaves);
      }
    }
  }

  @Override
  public synchronized boolean hasRowsBelow(String dataset, int partition, long offset) {
    return below.computeIfAbsent(new Place(dataset, partition, offset), this::look);
  }

  private boolean look(Place place) {
    Optional<Table> found = catalog.table(new DatasetName(place.dataset()));
    if (found.isEmpty()) {
      return false;
    }
    Table table = found.get();
    NestedField offsets = table.schema().findField(MetadataColumns.OFFSET);
    if (offsets == null) {
      return true;
    }
    try (CloseableIterable<FileScanTask> tasks =
        table
            .newScan()
            .includeColumnStats()
            .filter(
                Expressions.and(
                    Expressions.equal(MetadataColumns.PARTITION, place.partition()),
                    Expressions.lessThan(MetadataColumns.OFFSET, place.offset())))
            .planFiles()) {
      for (FileScanTask task : tasks) {
        if (startsBelow(task.file(), offsets, place.offset())) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean startsBelow(DataFile file, NestedField offsets, long offset) {
    Map<Integer, ByteBuffer> bounds = file.lowerBounds();
    ByteBuffer bound = bounds == null ? null : bounds.get(offsets.fieldId());
    Long lowest = bound == null ? null : Conversions.fromByteBuffer(offsets.type(), bound);
    return lowest == null || lowest < offset;
  }
}
