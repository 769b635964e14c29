package dev.lakehouse.query.table;

import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Iceberg's types by the names that SQL answers use. */
public final class TypeNames {
  private TypeNames() {}

  /** The name of a type, such as {@code decimal(10,2)}. */
  public static String of(Type type) {
    return switch (type.typeId()) {
      case INTEGER -> "integer";
      case LONG -> "bigint";
      case FLOAT -> "real";
      case STRING -> "varchar";
      case FIXED, BINARY -> "binary";
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC() ? "timestamptz" : "timestamp";
      case DECIMAL -> {
        Types.DecimalType decimal = (Types.DecimalType) type;
        yield "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
      }
      case LIST -> "list(" + of(type.asListType().elementType()) + ")";
      case MAP ->
          "map(" + of(type.asMapType().keyType()) + "," + of(type.asMapType().valueType()) + ")";
      case STRUCT ->
          type.asStructType().fields().stream()
              .map(field -> field.name() + " " + of(field.type()))
              .collect(Collectors.joining(",", "struct(", ")"));
      default -> type.toString();
    };
  }
}
