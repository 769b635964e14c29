package dev.lakehouse.query.derived;

import dev.lakehouse.query.engine.TypeText;
import dev.lakehouse.schemas.name.ColumnNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * Reads the types of an answer's columns by the names that answers give them, such as {@code
 * list(decimal(10,2))}. Gives each part a field id and each record a name of its own; for one
 * dataset, and one thread.
 */
final class TypeReader {
  private static final Pattern DECIMAL = Pattern.compile("decimal\\(([0-9]+),\\s*([0-9]+)\\)");
  private static final int MOST_DIGITS = 38;

  private final Set<String> recordNames = new HashSet<>();
  private int lastId;

  /** A field id that nothing else has. */
  int nextId() {
    return ++lastId;
  }

  /**
   * The type, or empty if no table can hold it so that it stays the same.
   *
   * @param path names a record within
   */
  Optional<ValueType> read(String type, String path) {
    Matcher decimal = DECIMAL.matcher(type);
    if (decimal.matches()) {
      return decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    } else if (type.startsWith("list(")) {
      int id = nextId();
      return read(inside(type), path)
          .map(each -> ValueType.list(each, Types.ListType.ofOptional(id, each.iceberg())));
    } else if (type.startsWith("map(")) {
      return map(TypeText.parts(inside(type)), path);
    } else if (type.startsWith("struct(")) {
      return struct(TypeText.parts(inside(type)), path);
    }
    return Optional.ofNullable(plain(type));
  }

  private static @Nullable ValueType plain(String type) {
    return switch (type) {
      case "boolean" ->
          ValueType.plain(Schema.Type.BOOLEAN, Types.BooleanType.get(), value -> value);
      case "tinyint", "smallint", "integer" ->
          ValueType.plain(
              Schema.Type.INT, Types.IntegerType.get(), value -> ((Number) value).intValue());
      case "bigint" ->
          ValueType.plain(
              Schema.Type.LONG, Types.LongType.get(), value -> ((Number) value).longValue());
      case "real" ->
          ValueType.plain(
              Schema.Type.FLOAT, Types.FloatType.get(), value -> ((Number) value).floatValue());
      case "double" ->
          ValueType.plain(
              Schema.Type.DOUBLE, Types.DoubleType.get(), value -> ((Number) value).doubleValue());
      case "varchar", "json" ->
          ValueType.plain(Schema.Type.STRING, Types.StringType.get(), String::valueOf);
      case "binary" ->
          ValueType.plain(
              Schema.Type.BYTES,
              Types.BinaryType.get(),
              value -> java.nio.ByteBuffer.wrap((byte[]) value));
      case "uuid" ->
          ValueType.logical(
              LogicalTypes.uuid(), Schema.Type.STRING, Types.UUIDType.get(), String::valueOf);
      case "date" ->
          ValueType.logical(
              LogicalTypes.date(), Schema.Type.INT, Types.DateType.get(), ValueType::date);
      case "time" ->
          ValueType.logical(
              LogicalTypes.timeMicros(), Schema.Type.LONG, Types.TimeType.get(), ValueType::time);
      case "timestamp" ->
          ValueType.logical(
              LogicalTypes.localTimestampMicros(),
              Schema.Type.LONG,
              Types.TimestampType.withoutZone(),
              ValueType::local);
      case "timestamptz" ->
          ValueType.logical(
              LogicalTypes.timestampMicros(),
              Schema.Type.LONG,
              Types.TimestampType.withZone(),
              ValueType::moment);
      default -> null;
    };
  }

  private static Optional<ValueType> decimal(int precision, int scale) {
    return precision < 1 || precision > MOST_DIGITS || scale > precision
        ? Optional.empty()
        : Optional.of(ValueType.decimal(precision, scale, Types.DecimalType.of(precision, scale)));
  }

  /** Keys are texts, as Avro has them; others would not come back as they were. */
  private Optional<ValueType> map(List<String> parts, String path) {
    if (parts.size() != 2 || !parts.get(0).equals("varchar")) {
      return Optional.empty();
    }
    int key = nextId();
    int value = nextId();
    return read(parts.get(1), path)
        .map(
            each ->
                ValueType.map(
                    each,
                    Types.MapType.ofOptional(key, value, Types.StringType.get(), each.iceberg())));
  }

  private Optional<ValueType> struct(List<String> parts, String path) {
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (String part : parts) {
      int end = TypeText.endOfName(part);
      String name = part.substring(0, end);
      names.add(
          name.startsWith("\"")
              ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
              : name);
      types.add(part.substring(end).strip());
    }
    List<String> avroNames = ColumnNames.avro(names);
    List<NestedField> columns = new ArrayList<>();
    List<Schema.Field> fields = new ArrayList<>();
    List<ValueType> values = new ArrayList<>();
    Schema record = record(path);
    for (int i = 0; i < names.size(); i++) {
      int id = nextId();
      Optional<ValueType> value = read(types.get(i), path + "_" + avroNames.get(i));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
      columns.add(NestedField.optional(id, names.get(i), value.get().iceberg()));
      fields.add(field(names.get(i), avroNames.get(i), value.get()));
    }
    record.setFields(fields);
    return Optional.of(ValueType.struct(record, names, values, Types.StructType.of(columns)));
  }

  /** A field that may be missing, with the column's own name where Avro has another. */
  static Schema.Field field(String name, String avroName, ValueType value) {
    Schema.Field field =
        new Schema.Field(avroName, value.optional(), null, Schema.Field.NULL_DEFAULT_VALUE);
    if (!avroName.equals(name)) {
      field.addProp(ColumnNames.PROPERTY, name);
    }
    return field;
  }

  private Schema record(String path) {
    String name = path;
    for (int n = 2; !recordNames.add(name); n++) {
      name = path + "_" + n;
    }
    return Schema.createRecord(name, null, "lakehouse.data", false);
  }

  private static String inside(String type) {
    return type.substring(type.indexOf('(') + 1, type.length() - 1);
  }
}
