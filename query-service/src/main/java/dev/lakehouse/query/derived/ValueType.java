package dev.lakehouse.query.derived;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * How the values of an answer's column travel.
 *
 * @param avro in a record, without null
 * @param iceberg in a table; nested field ids are provisional
 * @param form a value as Avro's generic writer takes it
 */
record ValueType(Schema avro, Type iceberg, Form form) {
  private static final int MICROS = 1_000_000;

  /** Changes a value, which is not null. */
  @FunctionalInterface
  interface Form {
    Object of(Object value);
  }

  /** The value as Avro's generic writer takes it. */
  @Nullable Object avro(@Nullable Object value) {
    return value == null ? null : form.of(value);
  }

  /** The schema of a value that may be missing. */
  Schema optional() {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), avro);
  }

  static ValueType plain(Schema.Type avro, Type iceberg, Form form) {
    return new ValueType(Schema.create(avro), iceberg, form);
  }

  static ValueType logical(
      org.apache.avro.LogicalType type, Schema.Type avro, Type iceberg, Form form) {
    return new ValueType(type.addToSchema(Schema.create(avro)), iceberg, form);
  }

  static ValueType decimal(int precision, int scale, Type iceberg) {
    return logical(
        LogicalTypes.decimal(precision, scale),
        Schema.Type.BYTES,
        iceberg,
        value -> unscaled(value, precision, scale));
  }

  private static ByteBuffer unscaled(Object value, int precision, int scale) {
    BigDecimal exact =
        value instanceof BigDecimal decimal
            ? decimal
            : value instanceof BigInteger whole
                ? new BigDecimal(whole)
                : BigDecimal.valueOf(((Number) value).longValue());
    BigDecimal scaled = exact.setScale(scale);
    if (scaled.precision() > precision) {
      throw new ArithmeticException(
          exact.toPlainString() + " has more than " + precision + " digits");
    }
    return ByteBuffer.wrap(scaled.unscaledValue().toByteArray());
  }

  static ValueType list(ValueType element, Type iceberg) {
    return new ValueType(
        Schema.createArray(element.optional()),
        iceberg,
        value -> {
          List<@Nullable Object> all = new ArrayList<>();
          for (Object each : (List<?>) value) {
            all.add(element.avro(each));
          }
          return all;
        });
  }

  static ValueType map(ValueType element, Type iceberg) {
    return new ValueType(
        Schema.createMap(element.optional()),
        iceberg,
        value -> {
          Map<String, @Nullable Object> all = new LinkedHashMap<>();
          ((Map<?, ?>) value)
              .forEach((key, each) -> all.put(String.valueOf(key), element.avro(each)));
          return all;
        });
  }

  /**
   * A record.
   *
   * @param names of the parts, in order, as the answer has them
   */
  static ValueType struct(Schema avro, List<String> names, List<ValueType> parts, Type iceberg) {
    return new ValueType(
        avro,
        iceberg,
        value -> {
          Map<?, ?> fields = (Map<?, ?>) value;
          GenericData.Record record = new GenericData.Record(avro);
          for (int i = 0; i < names.size(); i++) {
            record.put(i, parts.get(i).avro(fields.get(names.get(i))));
          }
          return record;
        });
  }

  static Object date(Object value) {
    return Math.toIntExact(((LocalDate) value).toEpochDay());
  }

  static Object time(Object value) {
    return ((LocalTime) value).toNanoOfDay() / 1000;
  }

  static Object local(Object value) {
    return micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC));
  }

  static Object moment(Object value) {
    return micros((Instant) value);
  }

  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1000);
  }
}
