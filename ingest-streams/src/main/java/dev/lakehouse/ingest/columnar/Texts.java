package dev.lakehouse.ingest.columnar;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as text: ISO 8601 for times, plain numbers, JSON for what is nested. */
final class Texts {
  private static final int NANOS_PER_MICRO = 1000;
  private static final JsonFactory JSON = new JsonFactory();

  private Texts() {}

  /** Whether a time or a moment is no finer than microseconds. */
  static boolean hasWholeMicros(TemporalAccessor time) {
    return time.get(ChronoField.NANO_OF_SECOND) % NANOS_PER_MICRO == 0;
  }

  /** The value as the text of a column. */
  static String of(Shape shape, Object value) {
    return shape instanceof Shape.Scalar scalar ? scalar(scalar.kind(), value) : json(shape, value);
  }

  private static String scalar(Kind kind, Object value) {
    return switch (kind) {
      case DECIMAL -> ((BigDecimal) value).toPlainString();
      case DATE -> LocalDate.ofEpochDay((Long) value).toString();
      case TIME -> DateTimeFormatter.ISO_LOCAL_TIME.format((LocalTime) value);
      case LOCAL ->
          DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
              ((Instant) value).atOffset(ZoneOffset.UTC).toLocalDateTime());
      case BYTES -> HexFormat.of().formatHex((byte[]) value);
      default -> value.toString();
    };
  }

  /** The value as JSON. */
  static String json(Shape shape, @Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      write(shape, value, out);
    } catch (IOException e) {
      throw new IllegalStateException("text in memory can be written", e);
    }
    return text.toString();
  }

  private static void write(Shape shape, @Nullable Object value, JsonGenerator out)
      throws IOException {
    if (value == null) {
      out.writeNull();
    } else if (shape instanceof Shape.Scalar scalar) {
      write(scalar.kind(), value, out);
    } else if (shape instanceof Shape.Struct struct) {
      out.writeStartObject();
      @Nullable Object[] fields = (@Nullable Object[]) value;
      for (int i = 0; i < fields.length; i++) {
        out.writeFieldName(struct.fields().get(i).name());
        write(struct.fields().get(i).shape(), fields[i], out);
      }
      out.writeEndObject();
    } else if (shape instanceof Shape.Items items) {
      out.writeStartArray();
      for (Object item : (List<?>) value) {
        write(items.item(), item, out);
      }
      out.writeEndArray();
    } else if (shape instanceof Shape.Entries entries) {
      out.writeStartObject();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        out.writeFieldName(of(entries.key(), entry.getKey()));
        write(entries.value(), entry.getValue(), out);
      }
      out.writeEndObject();
    }
  }

  private static void write(Kind kind, Object value, JsonGenerator out) throws IOException {
    switch (kind) {
      case BOOLEAN -> out.writeBoolean((Boolean) value);
      case INT, LONG -> out.writeNumber((Long) value);
      case JSON -> out.writeRawValue((String) value);
      case DECIMAL -> out.writeNumber(((BigDecimal) value).toPlainString());
      case FLOAT -> {
        if (Float.isFinite((Float) value)) {
          out.writeNumber((Float) value);
        } else {
          out.writeString(value.toString());
        }
      }
      case DOUBLE -> {
        if (Double.isFinite((Double) value)) {
          out.writeNumber((Double) value);
        } else {
          out.writeString(value.toString());
        }
      }
      default -> out.writeString(scalar(kind, value));
    }
  }
}
