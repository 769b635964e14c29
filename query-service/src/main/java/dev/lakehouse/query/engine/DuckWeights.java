package dev.lakehouse.query.engine;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a value will take on the Java heap, in bytes, as an expression that DuckDB computes before
 * the value leaves it. Types whose values are small whatever they are have no weight.
 */
final class DuckWeights {
  /** An element of a list and an entry of a map or struct, whatever is in it. */
  private static final int ELEMENT = 40;

  private static final int ENTRY = 100;

  /** A value of a type that is not known better, for each character that it shows. */
  private static final int CHARACTER = 8;

  private static final Set<String> SMALL =
      Set.of(
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "UHUGEINT",
          "FLOAT",
          "DOUBLE",
          "DATE",
          "TIME",
          "TIME_NS",
          "TIME WITH TIME ZONE",
          "TIMESTAMP",
          "TIMESTAMP_S",
          "TIMESTAMP_MS",
          "TIMESTAMP_NS",
          "TIMESTAMP WITH TIME ZONE",
          "TIMESTAMPTZ",
          "INTERVAL",
          "UUID",
          "NULL",
          "\"NULL\"");

  private DuckWeights() {}

  static boolean isSmall(String type) {
    return SMALL.contains(type) || type.startsWith("DECIMAL(") || type.startsWith("ENUM(");
  }

  /**
   * The weight, never null.
   *
   * @param type as DuckDB writes it; not a small one
   * @param value an expression of that type
   */
  static String of(String type, String value) {
    return "coalesce(" + of(type.strip(), value, 0) + ", 0)";
  }

  private static String of(String type, String value, int depth) {
    if (type.equals("VARCHAR") || type.equals("JSON")) {
      return "strlen(" + value + ")";
    }
    if (type.equals("BLOB")) {
      return "octet_length(" + value + ")";
    }
    if (type.endsWith("[]")) {
      return list(type.substring(0, type.length() - 2), value, depth);
    }
    if (type.startsWith("MAP(") && type.endsWith(")")) {
      List<String> parts = TypeText.parts(type.substring("MAP(".length(), type.length() - 1));
      return "(cardinality("
          + value
          + ") * "
          + ENTRY
          + " + "
          + list(parts.get(0), "map_keys(" + value + ")", depth)
          + " + "
          + list(parts.get(1), "map_values(" + value + ")", depth)
          + ")";
    }
    if (type.startsWith("STRUCT(") && type.endsWith(")")) {
      return struct(
          TypeText.parts(type.substring("STRUCT(".length(), type.length() - 1)), value, depth);
    }
    return "strlen(CAST(" + value + " AS VARCHAR)) * " + CHARACTER;
  }

  private static String list(String element, String value, int depth) {
    String elements = "len(" + value + ") * " + ELEMENT;
    if (isSmall(element)) {
      return elements;
    }
    String each = "e" + depth;
    return "("
        + elements
        + " + coalesce(list_sum(list_transform("
        + value
        + ", lambda "
        + each
        + ": coalesce("
        + of(element, each, depth + 1)
        + ", 0))), 0))";
  }

  private static String struct(List<String> fields, String value, int depth) {
    String entries = Integer.toString(fields.size() * ENTRY);
    String large =
        fields.stream()
            .filter(field -> !isSmall(type(field)))
            .map(
                field ->
                    "coalesce("
                        + of(
                            type(field),
                            "struct_extract(" + value + ", " + DuckText.literal(name(field)) + ")",
                            depth)
                        + ", 0)")
            .collect(Collectors.joining(" + "));
    return large.isEmpty() ? entries : "(" + entries + " + " + large + ")";
  }

  private static String type(String field) {
    return field.substring(TypeText.endOfName(field)).strip();
  }

  private static String name(String field) {
    String name = field.substring(0, TypeText.endOfName(field));
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }
}
