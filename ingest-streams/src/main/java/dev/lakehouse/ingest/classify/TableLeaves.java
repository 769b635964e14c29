package dev.lakehouse.ingest.classify;

import dev.lakehouse.schemas.table.MetadataColumns;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** The primitive leaves of a table's columns; metadata columns left out. */
final class TableLeaves {
  private TableLeaves() {}

  /** Dotted path of each leaf → its field id, in the table's order. */
  static Map<String, Integer> of(Schema schema) {
    Map<String, Integer> leaves = new LinkedHashMap<>();
    for (NestedField field : schema.columns()) {
      if (!MetadataColumns.contains(field.name())) {
        add(field.name(), field.fieldId(), field.type(), leaves);
      }
    }
    return leaves;
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

  /** Hands out each leaf of a row that is not null, under its field id. */
  static void read(Schema schema, StructLike row, BiConsumer<Integer, String> out) {
    List<NestedField> columns = schema.columns();
    for (int i = 0; i < columns.size(); i++) {
      NestedField column = columns.get(i);
      if (!MetadataColumns.contains(column.name())) {
        read(column.fieldId(), column.type(), row.get(i, Object.class), out);
      }
    }
  }

  private static void read(
      int id, Type type, @Nullable Object value, BiConsumer<Integer, String> out) {
    if (value == null) {
      return;
    }
    if (type.isPrimitiveType()) {
      out.accept(id, text(value));
    } else if (type instanceof Types.ListType list) {
      ((List<?>) value).forEach(each -> read(list.elementId(), list.elementType(), each, out));
    } else if (type instanceof Types.MapType map) {
      ((Map<?, ?>) value)
          .forEach(
              (key, each) -> {
                read(map.keyId(), map.keyType(), key, out);
                read(map.valueId(), map.valueType(), each, out);
              });
    } else {
      StructLike struct = (StructLike) value;
      List<NestedField> fields = type.asStructType().fields();
      for (int i = 0; i < fields.size(); i++) {
        read(fields.get(i).fieldId(), fields.get(i).type(), struct.get(i, Object.class), out);
      }
    }
  }

  private static String text(Object value) {
    if (value instanceof Double || value instanceof Float) {
      return LeafText.number(((Number) value).doubleValue(), value);
    } else if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    } else if (value instanceof LocalDateTime time) {
      return LeafText.seconds(time.toEpochSecond(ZoneOffset.UTC));
    } else if (value instanceof OffsetDateTime time) {
      return LeafText.seconds(time.toEpochSecond());
    } else if (value instanceof ByteBuffer bytes) {
      return LeafText.utf8(bytes);
    } else if (value instanceof byte[] bytes) {
      return LeafText.utf8(ByteBuffer.wrap(bytes));
    }
    return value.toString();
  }
}
