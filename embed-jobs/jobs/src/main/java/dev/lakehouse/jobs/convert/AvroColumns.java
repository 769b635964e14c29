package dev.lakehouse.jobs.convert;

import dev.lakehouse.schemas.name.ColumnNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The columns that an Avro record asks for. Field ids are provisional: Iceberg gives them anew when
 * the columns join a table.
 */
public final class AvroColumns {
  private static final int MOST_DIGITS = 38;

  private final Set<String> open = new HashSet<>();
  private int lastId;

  private AvroColumns() {}

  /**
   * The columns of a record schema.
   *
   * @param reserved column names that are taken already
   * @throws MisfitException if the schema is no record, or holds what no table column can
   */
  public static Types.StructType of(Schema schema, Set<String> reserved) throws MisfitException {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new MisfitException("the schema is " + schema.getType().getName() + ", not a record");
    }
    return new AvroColumns().struct(schema, reserved);
  }

  /** The column name of each field, in order: the property {@code lakehouse.name}, or its own. */
  static List<String> names(Schema record, Set<String> reserved) {
    List<String> wished = new ArrayList<>();
    for (Schema.Field field : record.getFields()) {
      String own = field.getProp(ColumnNames.PROPERTY);
      wished.add(own == null ? field.name() : own);
    }
    return ColumnNames.unique(wished, reserved);
  }

  /** The schema of the values of a nullable union, or the schema itself if it is no union. */
  static Schema present(Schema schema) throws MisfitException {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> some =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    if (some.size() > 1) {
      throw new MisfitException("a union of several types " + schema + " has no column type");
    }
    return some.isEmpty() ? Schema.create(Schema.Type.NULL) : some.get(0);
  }

  static boolean nullable(Schema schema) {
    return schema.getType() == Schema.Type.UNION && schema.isNullable();
  }

  static String logical(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    return logical == null ? "" : logical.getName();
  }

  private Types.StructType struct(Schema record, Set<String> reserved) throws MisfitException {
    if (!open.add(record.getFullName())) {
      throw new MisfitException("the type " + record.getFullName() + " contains itself");
    }
    List<String> names = names(record, reserved);
    List<NestedField> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      try {
        Schema schema = record.getFields().get(i).schema();
        Schema present = present(schema);
        if (present.getType() != Schema.Type.NULL) {
          int id = ++lastId;
          Type type = type(present);
          fields.add(
              nullable(schema)
                  ? NestedField.optional(id, names.get(i), type)
                  : NestedField.required(id, names.get(i), type));
        }
      } catch (MisfitException e) {
        throw new MisfitException("column '" + names.get(i) + "': " + e.getMessage());
      }
    }
    open.remove(record.getFullName());
    return Types.StructType.of(fields);
  }

  private Type nested(Schema record) throws MisfitException {
    Types.StructType struct = struct(record, Set.of());
    if (struct.fields().isEmpty()) {
      throw new MisfitException("the record " + record.getFullName() + " has no fields");
    }
    return struct;
  }

  private Type type(Schema schema) throws MisfitException {
    return switch (schema.getType()) {
      case BOOLEAN -> Types.BooleanType.get();
      case INT ->
          switch (logical(schema)) {
            case "date" -> Types.DateType.get();
            case "time-millis" -> Types.TimeType.get();
            default -> Types.IntegerType.get();
          };
      case LONG ->
          switch (logical(schema)) {
            case "time-micros" -> Types.TimeType.get();
            case "timestamp-millis", "timestamp-micros", "timestamp-nanos" ->
                Types.TimestampType.withZone();
            case "local-timestamp-millis", "local-timestamp-micros", "local-timestamp-nanos" ->
                Types.TimestampType.withoutZone();
            default -> Types.LongType.get();
          };
      case FLOAT -> Types.FloatType.get();
      case DOUBLE -> Types.DoubleType.get();
      case STRING -> logical(schema).equals("uuid") ? Types.UUIDType.get() : Types.StringType.get();
      case ENUM -> Types.StringType.get();
      case BYTES -> decimalOr(schema, Types.BinaryType.get());
      case FIXED ->
          logical(schema).equals("uuid")
              ? Types.UUIDType.get()
              : decimalOr(schema, Types.FixedType.ofLength(schema.getFixedSize()));
      case ARRAY -> {
        int id = ++lastId;
        Type element = element(schema.getElementType());
        yield nullable(schema.getElementType())
            ? Types.ListType.ofOptional(id, element)
            : Types.ListType.ofRequired(id, element);
      }
      case MAP -> {
        int key = ++lastId;
        int value = ++lastId;
        Type type = element(schema.getValueType());
        yield nullable(schema.getValueType())
            ? Types.MapType.ofOptional(key, value, Types.StringType.get(), type)
            : Types.MapType.ofRequired(key, value, Types.StringType.get(), type);
      }
      case RECORD -> nested(schema);
      case UNION, NULL ->
          throw new MisfitException("the type " + schema.getType().getName() + " has no column");
    };
  }

  private Type element(Schema schema) throws MisfitException {
    Schema present = present(schema);
    return type(present);
  }

  private static Type decimalOr(Schema schema, Type otherwise) throws MisfitException {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      if (decimal.getPrecision() > MOST_DIGITS) {
        throw new MisfitException(
            "a decimal of "
                + decimal.getPrecision()
                + " digits is wider than the "
                + MOST_DIGITS
                + " a table can hold");
      }
      return Types.DecimalType.of(decimal.getPrecision(), decimal.getScale());
    }
    return otherwise;
  }
}
