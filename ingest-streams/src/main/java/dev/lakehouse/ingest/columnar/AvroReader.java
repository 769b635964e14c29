package dev.lakehouse.ingest.columnar;

import dev.lakehouse.ingest.columnar.Shape.Scalar;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of one Avro schema.
 *
 * @param shape what the values are like
 */
record AvroReader(Shape shape, From from) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Takes one value off the bytes. */
  interface From {
    @Nullable Object read(AvroBytes in) throws IOException;
  }

  static AvroReader of(Schema schema) {
    return of(schema, new Records(), 0);
  }

  private static AvroReader of(Schema schema, Records records, int depth) {
    Shape.checkDepth(depth);
    return switch (schema.getType()) {
      case NULL -> new AvroReader(Scalar.of(Kind.TEXT), in -> null);
      case BOOLEAN -> scalar(Kind.BOOLEAN, AvroBytes::readBoolean);
      case INT -> ints(schema.getLogicalType());
      case LONG -> longs(schema.getLogicalType());
      case FLOAT -> scalar(Kind.FLOAT, AvroBytes::readFloat);
      case DOUBLE -> scalar(Kind.DOUBLE, AvroBytes::readDouble);
      case STRING -> scalar(Kind.TEXT, AvroBytes::readText);
      case BYTES -> bytes(schema.getLogicalType(), AvroBytes::readBytes);
      case FIXED -> fixed(schema);
      case ENUM -> symbols(schema);
      case ARRAY -> list(of(schema.getElementType(), records, depth + 1));
      case MAP -> map(of(schema.getValueType(), records, depth + 1));
      case RECORD -> struct(schema, records, depth);
      case UNION -> union(schema, records, depth);
    };
  }

  private static AvroReader scalar(Kind kind, From from) {
    return new AvroReader(Scalar.of(kind), from);
  }

  private static AvroReader ints(@Nullable LogicalType logical) {
    if (logical instanceof LogicalTypes.Date) {
      return scalar(Kind.DATE, in -> (long) in.readInt());
    } else if (logical instanceof LogicalTypes.TimeMillis) {
      return scalar(Kind.TIME, in -> timeOfDay(in.readInt() * 1_000_000L));
    }
    return scalar(Kind.INT, in -> (long) in.readInt());
  }

  private static AvroReader longs(@Nullable LogicalType logical) {
    return switch (logical == null ? "" : logical.getName()) {
      case "time-micros" ->
          scalar(Kind.TIME, in -> timeOfDay(Math.multiplyExact(in.readLong(), 1000L)));
      case "timestamp-millis" -> scalar(Kind.ZONED, in -> instant(in.readLong(), 1_000));
      case "timestamp-micros" -> scalar(Kind.ZONED, in -> instant(in.readLong(), 1_000_000));
      case "timestamp-nanos" -> scalar(Kind.ZONED, in -> instant(in.readLong(), NANOS_PER_SECOND));
      case "local-timestamp-millis" -> scalar(Kind.LOCAL, in -> instant(in.readLong(), 1_000));
      case "local-timestamp-micros" -> scalar(Kind.LOCAL, in -> instant(in.readLong(), 1_000_000));
      case "local-timestamp-nanos" ->
          scalar(Kind.LOCAL, in -> instant(in.readLong(), NANOS_PER_SECOND));
      default -> scalar(Kind.LONG, AvroBytes::readLong);
    };
  }

  static LocalTime timeOfDay(long nanos) throws IOException {
    try {
      return LocalTime.ofNanoOfDay(nanos);
    } catch (DateTimeException e) {
      throw new IOException(nanos + " nanoseconds are no time of day", e);
    }
  }

  /** The moment so many parts of a second after 1970. */
  static Instant instant(long value, long partsPerSecond) {
    return Instant.ofEpochSecond(
        Math.floorDiv(value, partsPerSecond),
        Math.floorMod(value, partsPerSecond) * (NANOS_PER_SECOND / partsPerSecond));
  }

  private static AvroReader bytes(@Nullable LogicalType logical, BytesFrom bytes) {
    if (logical instanceof LogicalTypes.Decimal decimal) {
      int scale = decimal.getScale();
      return new AvroReader(
          Scalar.decimal(decimal.getPrecision(), scale),
          in -> {
            byte[] digits = bytes.read(in);
            if (digits.length == 0) {
              throw new IOException("a decimal has no digits");
            }
            return new BigDecimal(new BigInteger(digits), scale);
          });
    } else if (logical != null && logical.getName().equals("big-decimal")) {
      return scalar(Kind.TEXT, in -> bigDecimal(bytes.read(in)));
    }
    return scalar(Kind.BYTES, bytes::read);
  }

  private interface BytesFrom {
    byte[] read(AvroBytes in) throws IOException;
  }

  /** A decimal that brings its own scale: its digits as bytes, then the scale. */
  private static String bigDecimal(byte[] value) throws IOException {
    AvroBytes in = new AvroBytes(ByteBuffer.wrap(value));
    byte[] digits = in.readBytes();
    int scale = in.readInt();
    if (digits.length == 0 || scale > Shape.MOST_DIGITS || scale < -Shape.MOST_DIGITS) {
      throw new IOException("a decimal has " + digits.length + " bytes and the scale " + scale);
    }
    return new BigDecimal(new BigInteger(digits), scale).toPlainString();
  }

  private static AvroReader fixed(Schema schema) {
    int size = schema.getFixedSize();
    String logical = schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
    if (logical.equals("uuid")) {
      return scalar(Kind.TEXT, in -> uuid(in.readFixed(size)));
    } else if (logical.equals("duration")
        || (size == 12 && "duration".equals(schema.getProp("logicalType")))) {
      return scalar(Kind.TEXT, in -> duration(in.readFixed(size)));
    }
    return bytes(schema.getLogicalType(), in -> in.readFixed(size));
  }

  static String uuid(byte[] value) {
    ByteBuffer both = ByteBuffer.wrap(value);
    return new UUID(both.getLong(), both.getLong()).toString();
  }

  /** Months, days and milliseconds as an ISO 8601 duration. */
  static String duration(byte[] value) {
    ByteBuffer parts = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    long months = Integer.toUnsignedLong(parts.getInt());
    long days = Integer.toUnsignedLong(parts.getInt());
    java.time.Duration rest =
        java.time.Duration.of(Integer.toUnsignedLong(parts.getInt()), ChronoUnit.MILLIS);
    String text = "P" + (months == 0 ? "" : months + "M") + (days == 0 ? "" : days + "D");
    return rest.isZero() && text.length() > 1 ? text : text + rest.toString().substring(1);
  }

  private static AvroReader symbols(Schema schema) {
    List<String> symbols = schema.getEnumSymbols();
    return scalar(
        Kind.TEXT,
        in -> {
          int symbol = in.readInt();
          if (symbol < 0 || symbol >= symbols.size()) {
            throw new IOException("an enum of " + symbols.size() + " symbols has no " + symbol);
          }
          return symbols.get(symbol);
        });
  }

  private static AvroReader list(AvroReader item) {
    return new AvroReader(
        new Shape.Items(item.shape()),
        in -> {
          List<@Nullable Object> values = new ArrayList<>();
          for (int block = in.readBlock(); block > 0; block = in.readBlock()) {
            for (int i = 0; i < block; i++) {
              values.add(item.from().read(in));
            }
          }
          return values;
        });
  }

  private static AvroReader map(AvroReader value) {
    return new AvroReader(
        new Shape.Entries(Scalar.of(Kind.TEXT), value.shape()),
        in -> {
          Map<String, @Nullable Object> values = new LinkedHashMap<>();
          for (int block = in.readBlock(); block > 0; block = in.readBlock()) {
            for (int i = 0; i < block; i++) {
              values.put(in.readText(), value.from().read(in));
            }
          }
          return values;
        });
  }

  private static AvroReader struct(Schema schema, Records records, int depth) {
    if (!records.open.add(schema.getFullName())) {
      return scalar(Kind.JSON, records.recursive(schema));
    }
    List<Shape.Field> fields = new ArrayList<>();
    List<From> readers = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      AvroReader reader = of(field.schema(), records, depth + 1);
      fields.add(new Shape.Field(field.name(), reader.shape()));
      readers.add(reader.from());
    }
    records.open.remove(schema.getFullName());
    return new AvroReader(
        new Shape.Struct(List.copyOf(fields)),
        in -> {
          @Nullable Object[] values = new Object[readers.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = readers.get(i).read(in);
          }
          return values;
        });
  }

  private static AvroReader union(Schema schema, Records records, int depth) {
    List<AvroReader> branches =
        schema.getTypes().stream().map(branch -> of(branch, records, depth + 1)).toList();
    List<AvroReader> some = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      if (schema.getTypes().get(i).getType() != Schema.Type.NULL) {
        some.add(branches.get(i));
      }
    }
    if (some.isEmpty()) {
      return new AvroReader(Scalar.of(Kind.TEXT), in -> branch(branches, in).from().read(in));
    } else if (some.size() == 1) {
      return new AvroReader(some.get(0).shape(), in -> branch(branches, in).from().read(in));
    }
    return mixed(branches, some);
  }

  private static AvroReader branch(List<AvroReader> branches, AvroBytes in) throws IOException {
    int branch = in.readInt();
    if (branch < 0 || branch >= branches.size()) {
      throw new IOException("a union of " + branches.size() + " types has no type " + branch);
    }
    return branches.get(branch);
  }

  /** Integers of both widths are long, and everything else that is mixed is text. */
  private static AvroReader mixed(List<AvroReader> branches, List<AvroReader> some) {
    boolean integers =
        some.stream()
            .allMatch(
                branch ->
                    branch.shape().equals(Scalar.of(Kind.INT))
                        || branch.shape().equals(Scalar.of(Kind.LONG)));
    if (integers) {
      return scalar(Kind.LONG, in -> branch(branches, in).from().read(in));
    }
    return scalar(
        Kind.TEXT,
        in -> {
          AvroReader branch = branch(branches, in);
          Object value = branch.from().read(in);
          return value == null ? null : Texts.of(branch.shape(), value);
        });
  }

  /** The records of one file's schema: those that are being compiled, and those within them. */
  private static final class Records {
    private static final int DEEPEST_VALUE = 500;

    private final Set<String> open = new HashSet<>();
    private final Map<String, RecursiveJson> recursive = new HashMap<>();
    private int depth;

    /** A record within itself has no end that columns could be made of: it is JSON text. */
    RecursiveJson recursive(Schema schema) {
      return recursive.computeIfAbsent(
          schema.getFullName(), name -> new RecursiveJson(schema, this));
    }

    void enter() throws IOException {
      if (depth == DEEPEST_VALUE) {
        throw new IOException("records are nested deeper than " + DEEPEST_VALUE);
      }
      depth++;
    }

    void leave() {
      depth--;
    }
  }

  /** Compiles the record's reader when the first value is met. */
  private static final class RecursiveJson implements From {
    private final Schema schema;
    private final Records records;
    private @Nullable AvroReader reader;

    RecursiveJson(Schema schema, Records records) {
      this.schema = schema;
      this.records = records;
    }

    @Override
    public @Nullable Object read(AvroBytes in) throws IOException {
      if (reader == null) {
        reader = of(schema, records, 0);
      }
      records.enter();
      try {
        Object value = reader.from().read(in);
        return value == null ? null : Texts.json(reader.shape(), value);
      } finally {
        records.leave();
      }
    }
  }
}
