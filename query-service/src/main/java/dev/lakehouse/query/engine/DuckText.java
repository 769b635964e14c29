package dev.lakehouse.query.engine;

import dev.lakehouse.query.engine.DuckScan.Alike;
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
    return "CREATE VIEW " + scan(scan, withMetadata) + " AS " + selected(scan, columns);
  }

  /** A scan's view, quoted. */
  static String scan(DuckScan scan, boolean withMetadata) {
    return DuckScan.SCHEMA
        + "."
        + identifier(withMetadata ? scan.view() + DuckScan.ALL : scan.view());
  }

  private static String selected(DuckScan scan, List<NestedField> columns) {
    if (!scan.segments().isEmpty()) {
      return fromSegments(scan.segments(), columns);
    }
    return scan.snapshot().files().isEmpty() ? none(scan.snapshot(), columns) : rows(scan, columns);
  }

  private static String none(TableSnapshot snapshot, List<NestedField> columns) {
    return "SELECT "
        + columns.stream()
            .map(
                column ->
                    "CAST(NULL AS "
                        + type(snapshot, column.type())
                        + ") AS "
                        + identifier(column.name()))
            .collect(Collectors.joining(", "))
        + " WHERE false";
  }

  /** The rows of segments, one behind the other, under the columns' names of now. */
  static String fromSegments(List<DuckSegment> segments, List<NestedField> columns) {
    return segments.stream()
        .map(
            segment ->
                "SELECT "
                    + columns.stream()
                        .map(
                            column ->
                                identifier(segment.schema().findColumnName(column.fieldId()))
                                    + " AS "
                                    + identifier(column.name()))
                        .collect(Collectors.joining(", "))
                    + " FROM "
                    + DuckSegment.table(segment.database()))
        .collect(Collectors.joining(" UNION ALL "));
  }

  /** An empty table with the columns of a snapshot, in order. */
  static String createTable(String table, TableSnapshot snapshot) {
    return "CREATE TABLE "
        + table
        + snapshot.schema().columns().stream()
            .map(column -> identifier(column.name()) + " " + type(snapshot, column.type()))
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String rows(DuckScan scan, List<NestedField> columns) {
    TableSnapshot snapshot = scan.snapshot();
    if (snapshot.deletes().isNone()) {
      return whole(scan, snapshot.files(), columns);
    }
    Set<String> touched =
        snapshot.deletes().files().stream().map(DataRows::path).collect(Collectors.toSet());
    List<String> whole = snapshot.files().stream().filter(file -> !touched.contains(file)).toList();
    String left = new DuckDeletes(snapshot).rows(columns);
    return whole.isEmpty() ? left : whole(scan, whole, columns) + " UNION ALL " + left;
  }

  private static String whole(DuckScan scan, List<String> files, List<NestedField> columns) {
    if (scan.alike().isEmpty()) {
      return "SELECT "
          + columns.stream()
              .map(column -> identifier(column.name()))
              .collect(Collectors.joining(", "))
          + " FROM read_parquet("
          + files(files)
          + ", schema=MAP{"
          + columns.stream()
              .map(column -> column(scan.snapshot(), column, column.name()))
              .collect(Collectors.joining(", "))
          + "})";
    }
    Set<String> read = Set.copyOf(files);
    return scan.alike().stream()
        .map(
            alike ->
                new Alike(alike.files().stream().filter(read::contains).toList(), alike.columns()))
        .filter(alike -> !alike.files().isEmpty())
        .map(alike -> byName(alike, columns))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private static String byName(Alike alike, List<NestedField> columns) {
    return "SELECT "
        + columns.stream()
            .map(
                column ->
                    alike.columns().get(column.fieldId()) + " AS " + identifier(column.name()))
            .collect(Collectors.joining(", "))
        + " FROM "
        + asWritten(alike.files());
  }

  static String dropView(String view) {
    return "DROP VIEW IF EXISTS " + DuckScan.SCHEMA + "." + identifier(view);
  }

  /** Every part of the schemas of these files, file by file, in order. */
  static String parts(List<String> files) {
    return "SELECT file_name, name, repetition_type, num_children, field_id, duckdb_type FROM"
        + (" parquet_schema(" + files(files) + ") ORDER BY file_name, column_id");
  }

  /** The files read as they are: by name, from nothing but what is in them. */
  static String asWritten(List<String> files) {
    return "read_parquet(" + files(files) + ", hive_partitioning=false)";
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

  static String type(TableSnapshot snapshot, Type type) {
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
