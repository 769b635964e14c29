package dev.lakehouse.query.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** DuckDB's names of types as the HTTP reference names them. */
final class DuckTypes {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("TIMESTAMP WITH TIME ZONE", "timestamptz"),
          Map.entry("TIMESTAMPTZ", "timestamptz"),
          Map.entry("TIMESTAMP_S", "timestamp"),
          Map.entry("TIMESTAMP_MS", "timestamp"),
          Map.entry("TIMESTAMP_NS", "timestamp"),
          Map.entry("TIME WITH TIME ZONE", "timetz"),
          Map.entry("BLOB", "binary"),
          Map.entry("FLOAT", "real"),
          Map.entry("HUGEINT", "decimal(38,0)"),
          Map.entry("UBIGINT", "decimal(20,0)"),
          Map.entry("UHUGEINT", "decimal(39,0)"),
          Map.entry("UINTEGER", "bigint"),
          Map.entry("USMALLINT", "integer"),
          Map.entry("UTINYINT", "smallint"),
          Map.entry("\"NULL\"", "unknown"),
          Map.entry("NULL", "unknown"));

  private DuckTypes() {}

  static String name(String duck) {
    String type = duck.strip();
    if (type.endsWith("]")) {
      return "list(" + name(type.substring(0, type.lastIndexOf('['))) + ")";
    }
    if (type.startsWith("STRUCT(")) {
      List<String> fields = new ArrayList<>();
      for (String field : TypeText.parts(type.substring("STRUCT(".length(), type.length() - 1))) {
        int end = TypeText.endOfName(field);
        fields.add(field.substring(0, end) + " " + name(field.substring(end)));
      }
      return "struct(" + String.join(",", fields) + ")";
    }
    if (type.startsWith("MAP(")) {
      return "map("
          + String.join(
              ",",
              TypeText.parts(type.substring("MAP(".length(), type.length() - 1)).stream()
                  .map(DuckTypes::name)
                  .toList())
          + ")";
    }
    if (type.startsWith("ENUM")) {
      return "varchar";
    }
    return NAMES.getOrDefault(type, type.toLowerCase(Locale.ROOT).replace(", ", ","));
  }
}
