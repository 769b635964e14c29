package dev.lakehouse.ingest.columnar;

import dev.lakehouse.ingest.schema.Column;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What a column's values have in common beyond its declared type. */
final class ColumnStats {
  private static final int MOST_PRECISION = 38;
  private static final int LONG_DIGITS = 19;

  private final FlatColumn column;
  private boolean nulls;
  private boolean finerThanMicros;
  private long least;
  private long most;
  private int integerDigits;

  ColumnStats(FlatColumn column) {
    this.column = column;
  }

  /** Takes one row's value into account. */
  void accept(@Nullable Object value) {
    if (value == null) {
      nulls = true;
    } else if (column.shape() instanceof Shape.Scalar scalar) {
      scalar(scalar, value);
    } else if (column.shape() instanceof Shape.Items items
        && items.item() instanceof Shape.Scalar scalar) {
      for (Object item : (List<?>) value) {
        if (item != null) {
          scalar(scalar, item);
        }
      }
    }
  }

  private void scalar(Shape.Scalar shape, Object value) {
    switch (shape.kind()) {
      case INT, LONG -> {
        least = Math.min(least, (Long) value);
        most = Math.max(most, (Long) value);
      }
      case DECIMAL -> {
        BigDecimal decimal = (BigDecimal) value;
        integerDigits = Math.max(integerDigits, decimal.precision() - decimal.scale());
      }
      case TIME -> finerThanMicros |= !Texts.hasWholeMicros((LocalTime) value);
      case LOCAL, ZONED -> finerThanMicros |= !Texts.hasWholeMicros((Instant) value);
      default -> {}
    }
  }

  Column column() {
    boolean needsLong = least < Integer.MIN_VALUE || most > Integer.MAX_VALUE;
    int digits =
        least == 0 && most == 0
            ? integerDigits
            : Math.max(
                integerDigits,
                Math.min(
                    LONG_DIGITS, BigDecimal.valueOf(Math.max(most, -(least + 1))).precision()));
    return new Column(column.name(), type(column.shape()), nulls, needsLong, digits);
  }

  private Schema type(Shape shape) {
    if (shape instanceof Shape.Scalar scalar) {
      return type(scalar);
    } else if (shape instanceof Shape.Items items && items.item() instanceof Shape.Scalar item) {
      return Schema.createArray(SchemaEvolution.optional(type(item)));
    }
    return Schema.create(Schema.Type.STRING);
  }

  private Schema type(Shape.Scalar scalar) {
    return switch (scalar.kind()) {
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case INT -> Schema.create(Schema.Type.INT);
      case LONG -> Schema.create(Schema.Type.LONG);
      case FLOAT -> Schema.create(Schema.Type.FLOAT);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case BYTES -> Schema.create(Schema.Type.BYTES);
      case DECIMAL ->
          scalar.precision() > MOST_PRECISION
              ? Schema.create(Schema.Type.STRING)
              : LogicalTypes.decimal(scalar.precision(), scalar.scale())
                  .addToSchema(Schema.create(Schema.Type.BYTES));
      case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
      case TIME -> micros(LogicalTypes.timeMicros());
      case LOCAL -> micros(LogicalTypes.localTimestampMicros());
      case ZONED -> micros(LogicalTypes.timestampMicros());
      case TEXT, JSON -> Schema.create(Schema.Type.STRING);
    };
  }

  /** Tables hold microseconds; times that are finer anywhere in the file stay text. */
  private Schema micros(LogicalType type) {
    return finerThanMicros
        ? Schema.create(Schema.Type.STRING)
        : type.addToSchema(Schema.create(Schema.Type.LONG));
  }
}
