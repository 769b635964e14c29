package dev.lakehouse.ingest.format;

import dev.lakehouse.ingest.schema.SchemaEvolution;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of plain values (texts, numbers, truth values, instants) as records of one schema;
 * for formats whose columns are fixed. First {@link #take} a row, then {@link #write} it.
 */
public final class PlainRow {
  private final List<Target> targets = new ArrayList<>();

  /** A field of the schema, and which of the columns fills it, or -1. */
  private record Target(
      String column, Schema schema, Schema type, int nullAt, int valueAt, int source) {}

  /**
   * @param schema what the records are written with
   * @param fields the Avro field of each column, in the columns' order
   */
  public PlainRow(Schema schema, List<String> fields) {
    for (Schema.Field field : schema.getFields()) {
      Schema type = SchemaEvolution.valueType(field.schema());
      List<Schema> union =
          field.schema().getType() == Schema.Type.UNION ? field.schema().getTypes() : List.of();
      int nullAt = -1;
      for (int i = 0; i < union.size(); i++) {
        nullAt = union.get(i).getType() == Schema.Type.NULL ? i : nullAt;
      }
      targets.add(
          new Target(
              SchemaEvolution.columnName(field),
              field.schema(),
              type,
              nullAt,
              union.indexOf(type),
              fields.indexOf(field.name())));
    }
    this.values = new @Nullable Object[targets.size()];
  }

  private final @Nullable Object[] values;

  /**
   * Takes the row, or says why it does not fit.
   *
   * @param row the columns' values, in their order
   * @param where names the row for people
   */
  public Optional<Misfit> take(List<? extends @Nullable Object> row, String where) {
    for (int i = 0; i < values.length; i++) {
      Target target = targets.get(i);
      Object given = target.source < 0 ? null : row.get(target.source);
      Object value = given == null ? null : converted(given, target.type);
      if (given == null && target.nullAt < 0) {
        return Optional.of(
            new Misfit("misfit", where + " has no value for column '" + target.column + "'"));
      }
      if (given != null && value == null) {
        return Optional.of(
            new Misfit(
                "misfit",
                where
                    + ": the value of column '"
                    + target.column
                    + "' is not of its type, "
                    + name(target.type)));
      }
      values[i] = value;
    }
    return Optional.empty();
  }

  private static String name(Schema type) {
    return type.getLogicalType() == null
        ? type.getType().name().toLowerCase(Locale.ROOT)
        : type.getLogicalType().getName();
  }

  private static @Nullable Object timestamp(Object value, String type) {
    try {
      if (value instanceof Instant at && type.equals("timestamp-micros")) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
      } else if (value instanceof LocalDateTime at && type.equals("local-timestamp-micros")) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at.toInstant(ZoneOffset.UTC));
      }
      return null;
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static @Nullable Object converted(Object value, Schema type) {
    if (type.getLogicalType() != null) {
      return timestamp(value, type.getLogicalType().getName());
    }
    return switch (type.getType()) {
      case STRING -> value.toString();
      case INT -> value instanceof Integer ? value : null;
      case LONG ->
          value instanceof Integer || value instanceof Long
              ? (Object) ((Number) value).longValue()
              : null;
      case DOUBLE ->
          value instanceof Integer || value instanceof Double
              ? (Object) ((Number) value).doubleValue()
              : null;
      case BOOLEAN -> value instanceof Boolean ? value : null;
      default -> null;
    };
  }

  /** Writes the row that was taken last. */
  public void write(Encoder out) throws IOException {
    for (int i = 0; i < values.length; i++) {
      Target target = targets.get(i);
      Object value = values[i];
      if (value == null) {
        out.writeIndex(target.nullAt);
        out.writeNull();
        continue;
      }
      if (target.valueAt >= 0) {
        out.writeIndex(target.valueAt);
      }
      write(value, out);
    }
  }

  private static void write(Object value, Encoder out) throws IOException {
    if (value instanceof String text) {
      out.writeString(text);
    } else if (value instanceof Integer number) {
      out.writeInt(number);
    } else if (value instanceof Long number) {
      out.writeLong(number);
    } else if (value instanceof Double number) {
      out.writeDouble(number);
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    }
  }
}
