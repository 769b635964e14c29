package dev.lakehouse.query.engine;

import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** DuckDB's JDBC values as {@link Rows} has them, whatever the JVM's time zone. */
final class DuckValues {
  private DuckValues() {}

  static @Nullable Object value(ResultSet row, int column) throws SQLException {
    Object value = row.getObject(column);
    return value instanceof Timestamp ? row.getObject(column, LocalDateTime.class) : value(value);
  }

  private static @Nullable Object value(@Nullable Object value) throws SQLException {
    if (value instanceof OffsetDateTime instant) {
      return instant.toInstant();
    }
    if (value instanceof Timestamp timestamp) {
      return timestamp.toLocalDateTime();
    }
    if (value instanceof Blob blob) {
      return blob.getBytes(1, (int) blob.length());
    }
    if (value instanceof UUID uuid) {
      return uuid.toString();
    }
    if (value instanceof Array array) {
      List<@Nullable Object> list = new ArrayList<>();
      for (Object element : (Object[]) array.getArray()) {
        list.add(value(element));
      }
      return list;
    }
    if (value instanceof Struct struct) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      for (Map.Entry<String, Object> field : ((DuckDBStruct) struct).getMap().entrySet()) {
        fields.put(field.getKey(), value(field.getValue()));
      }
      return fields;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        entries.put(String.valueOf(value(entry.getKey())), value(entry.getValue()));
      }
      return entries;
    }
    return value;
  }
}
