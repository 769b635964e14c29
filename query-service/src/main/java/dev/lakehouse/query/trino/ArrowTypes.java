package dev.lakehouse.query.trino;

import dev.lakehouse.query.trino.ValueType.Decimal;
import dev.lakehouse.query.trino.ValueType.ListOf;
import dev.lakehouse.query.trino.ValueType.MapOf;
import dev.lakehouse.query.trino.ValueType.Simple;
import dev.lakehouse.query.trino.ValueType.StructOf;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** The dialect's types as Arrow's. */
final class ArrowTypes {
  private ArrowTypes() {}

  static Field field(String name, ValueType type) {
    if (type instanceof ListOf list) {
      return nullable(name, new ArrowType.List(), List.of(field("l", list.element())));
    }
    if (type instanceof StructOf struct) {
      return nullable(
          name,
          new ArrowType.Struct(),
          struct.fields().stream().map(each -> field(each.name(), each.type())).toList());
    }
    if (type instanceof MapOf map) {
      Field key = field("key", map.key());
      Field entries =
          new Field(
              "entries",
              FieldType.notNullable(new ArrowType.Struct()),
              List.of(
                  new Field("key", FieldType.notNullable(key.getType()), key.getChildren()),
                  field("value", map.value())));
      return nullable(name, new ArrowType.Map(false), List.of(entries));
    }
    if (type instanceof Decimal decimal) {
      return nullable(
          name, new ArrowType.Decimal(decimal.precision(), decimal.scale(), 128), List.of());
    }
    return nullable(name, simple((Simple) type), List.of());
  }

  private static Field nullable(String name, ArrowType type, List<Field> children) {
    return new Field(name, FieldType.nullable(type), children);
  }

  private static ArrowType simple(Simple type) {
    return switch (type) {
      case UNKNOWN -> ArrowType.Null.INSTANCE;
      case BOOLEAN -> ArrowType.Bool.INSTANCE;
      case TINYINT -> new ArrowType.Int(8, true);
      case SMALLINT -> new ArrowType.Int(16, true);
      case INTEGER -> new ArrowType.Int(32, true);
      case BIGINT -> new ArrowType.Int(64, true);
      case REAL -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case VARCHAR, UUID, JSON -> ArrowType.Utf8.INSTANCE;
      case BINARY -> ArrowType.Binary.INSTANCE;
      case DATE -> new ArrowType.Date(DateUnit.DAY);
      case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
      case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
      case TIMESTAMPTZ -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
      default -> throw Refused.engine("a value of type " + type.shown() + " as Arrow", null);
    };
  }
}
