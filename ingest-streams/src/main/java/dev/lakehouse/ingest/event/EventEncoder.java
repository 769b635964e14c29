package dev.lakehouse.ingest.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Turns events into records of one schema, or says which value does not fit. */
public final class EventEncoder {
  private static final long EXACT_IN_DOUBLE = 1L << 53;

  private final Schema schema;
  private final Map<String, Schema.Field> fields = new HashMap<>();

  /**
   * @param schema what the records are written with
   */
  public EventEncoder(Schema schema) {
    this.schema = schema;
    for (Schema.Field field : schema.getFields()) {
      fields.putIfAbsent(SchemaEvolution.columnName(field).toLowerCase(Locale.ROOT), field);
    }
  }

  /** A value does not fit its column's type; the message names both. */
  public static final class MisfitException extends Exception {
    private static final long serialVersionUID = 1L;

    MisfitException(String message) {
      super(message);
    }
  }

  /** The event as a record. */
  GenericRecord encode(FlatEvent event) throws MisfitException {
    return encode(event.values());
  }

  /**
   * The values as a record.
   *
   * @param values column → value; a column without one is not there
   */
  public GenericRecord encode(Map<String, JsonNode> values) throws MisfitException {
    GenericRecord record = new GenericData.Record(schema);
    for (Map.Entry<String, JsonNode> value : values.entrySet()) {
      Schema.Field field = fields.get(value.getKey().toLowerCase(Locale.ROOT));
      if (field == null) {
        throw new MisfitException("'" + value.getKey() + "' is no column of the dataset");
      }
      record.put(
          field.pos(),
          encode(value.getKey(), value.getValue(), SchemaEvolution.valueType(field.schema())));
    }
    for (Schema.Field field : schema.getFields()) {
      if (record.get(field.pos()) == null && !field.schema().isNullable()) {
        if (!field.hasDefaultValue()) {
          throw new MisfitException(
              "'" + SchemaEvolution.columnName(field) + "' is missing and may not be");
        }
        record.put(field.pos(), GenericData.get().getDefaultValue(field));
      }
    }
    return record;
  }

  private static Object encode(String column, JsonNode value, Schema type) throws MisfitException {
    LogicalType logical = type.getLogicalType();
    try {
      switch (type.getType()) {
        case STRING -> {
          return value.isTextual() ? value.textValue() : value.toString();
        }
        case BOOLEAN -> {
          if (value.isBoolean()) {
            return value.booleanValue();
          }
        }
        case INT -> {
          if (logical instanceof LogicalTypes.Date && value.isTextual()) {
            return (int) LocalDate.parse(value.textValue()).toEpochDay();
          } else if (logical == null && value.isIntegralNumber() && value.canConvertToInt()) {
            return value.intValue();
          }
        }
        case LONG -> {
          if (logical != null && value.isTextual()) {
            return timestamp(value.textValue(), logical);
          } else if (logical == null && value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
          }
        }
        case FLOAT, DOUBLE -> {
          boolean exact = !value.isIntegralNumber() || fitsDouble(value);
          if (value.isNumber() && exact && Double.isFinite(value.doubleValue())) {
            return type.getType() == Schema.Type.FLOAT
                ? (Object) value.floatValue()
                : (Object) value.doubleValue();
          }
        }
        case BYTES -> {
          if (logical instanceof LogicalTypes.Decimal decimal && value.isNumber()) {
            return decimal(value.decimalValue(), decimal);
          }
        }
        case ENUM -> {
          if (value.isTextual() && type.hasEnumSymbol(value.textValue())) {
            return new GenericData.EnumSymbol(type, value.textValue());
          }
        }
        case ARRAY -> {
          if (value.isArray()) {
            return list(column, value, type);
          }
        }
        default -> throw misfit(column, value, type);
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      throw misfit(column, value, type);
    }
    throw misfit(column, value, type);
  }

  private static boolean fitsDouble(JsonNode value) {
    return value.canConvertToLong() && Math.abs(value.longValue()) <= EXACT_IN_DOUBLE;
  }

  private static List<Object> list(String column, JsonNode value, Schema type)
      throws MisfitException {
    List<Object> items = new ArrayList<>(value.size());
    for (JsonNode item : value) {
      if (!item.isNull()) {
        items.add(encode(column, item, SchemaEvolution.valueType(type.getElementType())));
      } else if (type.getElementType().isNullable()) {
        items.add(null);
      } else {
        throw misfit(column, item, type);
      }
    }
    return items;
  }

  private static ByteBuffer decimal(BigDecimal value, LogicalTypes.Decimal decimal) {
    BigDecimal scaled = value.setScale(decimal.getScale());
    if (scaled.precision() > decimal.getPrecision()) {
      throw new ArithmeticException("too many digits");
    }
    return ByteBuffer.wrap(scaled.unscaledValue().toByteArray());
  }

  private static long timestamp(String text, LogicalType type) {
    boolean local = type.getName().startsWith("local-");
    ChronoUnit unit = type.getName().endsWith("millis") ? ChronoUnit.MILLIS : ChronoUnit.MICROS;
    String iso = text.length() > 10 && text.charAt(10) == ' ' ? text.replace(' ', 'T') : text;
    OffsetDateTime at =
        local ? LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC) : OffsetDateTime.parse(iso);
    if (!at.truncatedTo(unit).equals(at)) {
      throw new ArithmeticException("more digits than " + type.getName() + " holds");
    }
    return unit.between(OffsetDateTime.ofInstant(java.time.Instant.EPOCH, ZoneOffset.UTC), at);
  }

  private static MisfitException misfit(String column, JsonNode value, Schema type) {
    String shown = value.toString();
    String name =
        type.getLogicalType() == null
            ? type.getType().name().toLowerCase(Locale.ROOT)
            : type.getLogicalType().getName();
    return new MisfitException(
        (shown.length() > 100 ? shown.substring(0, 100) + "…" : shown)
            + " in '"
            + column
            + "' is not of its type, "
            + name);
  }
}
