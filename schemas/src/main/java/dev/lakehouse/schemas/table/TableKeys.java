package dev.lakehouse.schemas.table;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;

/**
 * The key columns of a keyed dataset, which its table says from the first day: a record is an
 * upsert of its key, and one without a value deletes. A table that says none is append-only. A
 * keyed table is partitioned by columns of its key or not at all, and its topic is partitioned by
 * the key and keeps its number of partitions.
 */
public final class TableKeys {
  /** The table property: column names, separated by commas. */
  public static final String PROPERTY = "lakehouse.keys";

  private TableKeys() {}

  /** The key columns in these table properties, in the order declared; none if append-only. */
  public static List<String> in(Map<String, String> properties) {
    return Arrays.stream(properties.getOrDefault(PROPERTY, "").split(",", -1))
        .map(String::strip)
        .filter(column -> !column.isEmpty())
        .toList();
  }

  /** The key columns of a table as it was last loaded. */
  public static List<String> of(Table table) {
    return in(table.properties());
  }

  /**
   * The value of the property.
   *
   * @throws IllegalArgumentException if a name cannot be written there
   */
  public static String write(List<String> columns) {
    for (String column : columns) {
      if (column.contains(",") || !column.strip().equals(column) || column.isEmpty()) {
        throw new IllegalArgumentException("'" + column + "' cannot be a key column");
      }
    }
    return String.join(",", columns);
  }
}
