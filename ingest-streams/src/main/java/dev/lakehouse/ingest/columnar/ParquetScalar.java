package dev.lakehouse.ingest.columnar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.util.function.Consumer;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet primitive with its logical type.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md">the types</a>
 */
record ParquetScalar(Shape.Scalar shape, From from) {
  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
  private static final long DAY_SECONDS = 86_400;

  /** Makes the value of what the file holds; what it holds decides which is called. */
  interface From {
    default Object ofLong(long value) {
      throw new ParquetDecodingException("an integer where there is none");
    }

    default Object ofBinary(Binary value) {
      throw new ParquetDecodingException("bytes where there are none");
    }
  }

  private interface FromLong extends From {
    @Override
    Object ofLong(long value);
  }

  private interface FromBinary extends From {
    @Override
    Object ofBinary(Binary value);
  }

  static ParquetScalar of(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> new ParquetScalar(Shape.Scalar.of(Kind.BOOLEAN), new From() {});
      case FLOAT -> new ParquetScalar(Shape.Scalar.of(Kind.FLOAT), new From() {});
      case DOUBLE -> new ParquetScalar(Shape.Scalar.of(Kind.DOUBLE), new From() {});
      case INT96 -> binary(Kind.LOCAL, ParquetScalar::int96);
      case INT32 -> int32(logical);
      case INT64 -> int64(logical);
      case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(logical);
    };
  }

  private static ParquetScalar integer(Kind kind, FromLong from) {
    return new ParquetScalar(Shape.Scalar.of(kind), from);
  }

  private static ParquetScalar binary(Kind kind, FromBinary from) {
    return new ParquetScalar(Shape.Scalar.of(kind), from);
  }

  private static ParquetScalar int32(@Nullable LogicalTypeAnnotation logical) {
    if (logical instanceof DateLogicalTypeAnnotation) {
      return integer(Kind.DATE, value -> value);
    } else if (logical instanceof TimeLogicalTypeAnnotation) {
      return integer(Kind.TIME, value -> LocalTime.ofNanoOfDay(value * 1_000_000));
    } else if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimal(decimal);
    } else if (logical instanceof IntLogicalTypeAnnotation is
        && !is.isSigned()
        && is.getBitWidth() == Integer.SIZE) {
      return integer(Kind.LONG, value -> value & 0xFFFF_FFFFL);
    }
    return integer(Kind.INT, value -> value);
  }

  private static ParquetScalar int64(@Nullable LogicalTypeAnnotation logical) {
    if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
      long parts = parts(timestamp.getUnit());
      return integer(
          timestamp.isAdjustedToUTC() ? Kind.ZONED : Kind.LOCAL,
          value -> AvroReader.instant(value, parts));
    } else if (logical instanceof TimeLogicalTypeAnnotation time) {
      long nanos = 1_000_000_000L / parts(time.getUnit());
      return integer(Kind.TIME, value -> LocalTime.ofNanoOfDay(Math.multiplyExact(value, nanos)));
    } else if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimal(decimal);
    } else if (logical instanceof IntLogicalTypeAnnotation is && !is.isSigned()) {
      return new ParquetScalar(
          new Shape.Scalar(Kind.DECIMAL, 20, 0),
          (FromLong) value -> new BigDecimal(Long.toUnsignedString(value)));
    }
    return integer(Kind.LONG, value -> value);
  }

  private static long parts(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 1_000;
      case MICROS -> 1_000_000;
      case NANOS -> 1_000_000_000;
    };
  }

  private static ParquetScalar decimal(DecimalLogicalTypeAnnotation decimal) {
    return new ParquetScalar(
        Shape.Scalar.decimal(decimal.getPrecision(), decimal.getScale()),
        new From() {
          @Override
          public Object ofLong(long value) {
            return BigDecimal.valueOf(value, decimal.getScale());
          }

          @Override
          public Object ofBinary(Binary value) {
            if (value.length() == 0) {
              throw new ParquetDecodingException("a decimal has no digits");
            }
            return new BigDecimal(new BigInteger(value.getBytes()), decimal.getScale());
          }
        });
  }

  private static ParquetScalar bytes(@Nullable LogicalTypeAnnotation logical) {
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimal(decimal);
    } else if (logical instanceof UUIDLogicalTypeAnnotation) {
      return binary(Kind.TEXT, value -> AvroReader.uuid(value.getBytes()));
    } else if (logical instanceof IntervalLogicalTypeAnnotation) {
      return binary(Kind.TEXT, value -> AvroReader.duration(value.getBytes()));
    } else if (logical instanceof Float16LogicalTypeAnnotation) {
      return binary(Kind.FLOAT, ParquetScalar::float16);
    } else if (logical instanceof StringLogicalTypeAnnotation
        || logical instanceof EnumLogicalTypeAnnotation
        || logical instanceof JsonLogicalTypeAnnotation) {
      return binary(Kind.TEXT, ParquetScalar::text);
    }
    return binary(Kind.BYTES, Binary::getBytes);
  }

  private static String text(Binary value) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(value.toByteBuffer()).toString();
    } catch (CharacterCodingException e) {
      throw new ParquetDecodingException("a text is not UTF-8", e);
    }
  }

  /** Nanoseconds of the day, then the Julian day, as Impala and Hive wrote timestamps. */
  private static Instant int96(Binary value) {
    ByteBuffer parts = ByteBuffer.wrap(value.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
    long nanos = parts.getLong();
    long day = parts.getInt() - JULIAN_DAY_OF_EPOCH;
    return Instant.ofEpochSecond(day * DAY_SECONDS, nanos);
  }

  /** IEEE 754 with 5 bits of exponent and 10 of fraction. */
  private static Float float16(Binary value) {
    int bits = ByteBuffer.wrap(value.getBytes()).order(ByteOrder.LITTLE_ENDIAN).getShort() & 0xFFFF;
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float size =
        exponent == 0
            ? fraction * 0x1p-24f
            : exponent == 0x1F
                ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                : Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
    return bits >> 15 == 0 ? size : -size;
  }

  PrimitiveConverter converter(Consumer<Object> sink) {
    return new PrimitiveConverter() {
      @Override
      public void addBinary(Binary value) {
        sink.accept(from.ofBinary(value));
      }

      @Override
      public void addBoolean(boolean value) {
        sink.accept(value);
      }

      @Override
      public void addDouble(double value) {
        sink.accept(value);
      }

      @Override
      public void addFloat(float value) {
        sink.accept(value);
      }

      @Override
      public void addInt(int value) {
        sink.accept(from.ofLong(value));
      }

      @Override
      public void addLong(long value) {
        sink.accept(from.ofLong(value));
      }
    };
  }
}
