package dev.lakehouse.query.engine;

import dev.lakehouse.query.table.FileDeletes.DataRows;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.query.table.Unsupported;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** The statements about scans, which take no bound parameters in DuckDB: everything is quoted. */
final class DuckText {
  private DuckText() {}

  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String literal(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }

  static String createView(DuckScan scan, boolean withMetadata) {
    TableSnapshot snapshot = scan.snapshot();
    List<NestedField> columns =
        snapshot.schema().columns().stream()
            .filter(column -> withMetadata || !MetadataColumns.contains(column.name()))
            .toList();
    String view = withMetadata ? scan.view() + DuckScan.ALL : scan.view();
    return "CREATE VIEW "
        + DuckScan.SCHEMA
        + "."
        + identifier(view)
        + " AS "
        + (snapshot.files().isEmpty()
            ? "SELECT "
                + columns.stream()
                    .map(
                        column ->
                            "CAST(NULL AS "
                                + type(snapshot, column.type())
                                + ") AS "
                                + identifier(column.name()))
                    .collect(Collectors.joining(", "))
                + " WHERE false"
            : rows(snapshot, columns));
  }

  private static String rows(TableSnapshot snapshot, List<NestedField> columns) {
    if (snapshot.deletes().isNone()) {
      return whole(snapshot, snapshot.files(), columns);
    }
    Set<String> touched =
        snapshot.deletes().files().stream().map(DataRows::path).collect(Collectors.toSet());
    List<String> whole = snapshot.files().stream().filter(file -> !touched.contains(file)).toList();
    String left = new DuckDeletes(snapshot).rows(columns);
    return whole.isEmpty() ? left : whole(snapshot, whole, columns) + " UNION ALL " + left;
  }

  private static String whole(
      TableSnapshot snapshot, List<String> files, List<NestedField> columns) {
    return "SELECT "
        + columns.stream()
            .map(column -> identifier(column.name()))
            .collect(Collectors.joining(", "))
        + " FROM read_parquet("
        + files(files)
        + ", schema=MAP{"
        + columns.stream()
            .map(column -> column(snapshot, column, column.name()))
            .collect(Collectors.joining(", "))
        + "})";
  }

  static String dropView(String view) {
    return "DROP VIEW IF EXISTS " + DuckScan.SCHEMA + "." + identifier(view);
  }

  /** The files among these that have a column without a field id. */
  static String withoutFieldIds(List<String> files) {
    return "SELECT file_name FROM parquet_schema("
        + files(files)
        + ") WHERE num_children IS NULL AND field_id IS NULL LIMIT 1";
  }

  static String files(List<String> files) {
    return files.stream().map(DuckText::literal).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A column to read by its id, under a name. */
  static String column(TableSnapshot snapshot, NestedField column, String name) {
    return column.fieldId()
        + ": {name: "
        + literal(name)
        + ", type: "
        + literal(type(snapshot, column.type()))
        + ", default_value: NULL}";
  }

  private static String type(TableSnapshot snapshot, Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> "BOOLEAN";
      case INTEGER -> "INTEGER";
      case LONG -> "BIGINT";
      case FLOAT -> "FLOAT";
      case DOUBLE -> "DOUBLE";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC()
              ? "TIMESTAMP WITH TIME ZONE"
              : "TIMESTAMP";
      case STRING -> "VARCHAR";
      case UUID -> "UUID";
      case FIXED, BINARY -> "BLOB";
      case DECIMAL -> {
        Types.DecimalType decimal = (Types.DecimalType) type;
        yield "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
      }
      case LIST -> type(snapshot, type.asListType().elementType()) + "[]";
      case MAP ->
          "MAP("
              + type(snapshot, type.asMapType().keyType())
              + ", "
              + type(snapshot, type.asMapType().valueType())
              + ")";
      case STRUCT ->
          type.asStructType().fields().stream()
              .map(field -> identifier(field.name()) + " " + type(snapshot, field.type()))
              .collect(Collectors.joining(", ", "STRUCT(", ")"));
      default -> throw Unsupported.table(snapshot.dataset(), "it has a column of type " + type);
    };
  }
}
