package dev.lakehouse.ingest.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An event as columns: objects are flattened to {@code parent.child}; what is nested too deep stays
 * JSON. Nulls and empty objects are left out, as they say nothing.
 *
 * @param values column → value, in the event's order
 */
record FlatEvent(Map<String, JsonNode> values) {
  private static final int DEEPEST = 16;

  /**
   * Flattens an object.
   *
   * @throws IllegalArgumentException if two of its fields are one column
   */
  static FlatEvent of(JsonNode object) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    flatten("", object, 0, values, new HashSet<>());
    return new FlatEvent(values);
  }

  private static void flatten(
      String prefix, JsonNode object, int depth, Map<String, JsonNode> values, Set<String> taken) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String column = column(prefix + field.getKey());
      JsonNode value = field.getValue();
      if (value.isObject() && depth < DEEPEST) {
        flatten(prefix + field.getKey() + ".", value, depth + 1, values, taken);
      } else if (!value.isNull()) {
        if (!taken.add(column.toLowerCase(Locale.ROOT))) {
          throw new IllegalArgumentException(
              "two fields are one column, '" + column + "': names differ in case only");
        }
        values.put(column, value);
      }
    }
  }

  /** The names of metadata columns are taken, and an empty name is none. */
  private static String column(String name) {
    String bare = name.strip();
    if (bare.isEmpty()) {
      return "column";
    }
    return MetadataColumns.contains(bare.toLowerCase(Locale.ROOT)) ? bare + "_2" : bare;
  }
}
