package dev.lakehouse.ingest.columnar;

import dev.lakehouse.ingest.types.CellKind;
import dev.lakehouse.ingest.types.Cells;
import dev.lakehouse.ingest.types.Utf8Bytes;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/**
 * Takes a value for one Avro type, or says that it does not fit, and writes it. A value fits where
 * nothing of it is lost; everything but bytes fits text.
 */
final class ValueWriter {
  private static final long MILLI = 1000;

  private final Schema type;
  private final CellKind target;
  private final boolean bytesTarget;
  private final boolean timeTarget;
  private final Utf8Bytes text = new Utf8Bytes();
  private byte[] bytes = new byte[0];
  private long number;
  private double real;

  ValueWriter(Schema type) {
    this.type = type;
    this.target = CellKind.of(type);
    this.bytesTarget = type.getType() == Schema.Type.BYTES && type.getLogicalType() == null;
    this.timeTarget = type.getLogicalType() instanceof LogicalTypes.TimeMicros;
  }

  /** Takes a value; whether it fits. */
  boolean take(Shape shape, Object value) {
    Kind kind = shape instanceof Shape.Scalar scalar ? scalar.kind() : Kind.TEXT;
    if (bytesTarget) {
      bytes = kind == Kind.BYTES ? (byte[]) value : bytes;
      return kind == Kind.BYTES;
    } else if (timeTarget) {
      return kind == Kind.TIME && time((LocalTime) value);
    } else if (target == CellKind.TEXT) {
      char[] chars = Texts.of(shape, value).toCharArray();
      return kind != Kind.BYTES && text.take(chars, 0, chars.length);
    } else if (!(shape instanceof Shape.Scalar)) {
      return false;
    }
    return switch (target) {
      case BOOLEAN -> {
        number = Boolean.TRUE.equals(value) ? 1 : 0;
        yield kind == Kind.BOOLEAN;
      }
      case INT, LONG -> integer(kind, value);
      case FLOAT, DOUBLE -> real(kind, value);
      case DECIMAL -> decimal(kind, value);
      case DATE -> date(kind, value);
      case LOCAL_MICROS, LOCAL_MILLIS, ZONED_MICROS, ZONED_MILLIS -> timestamp(kind, value);
      case TEXT, NONE -> false;
    };
  }

  private boolean time(LocalTime time) {
    number = ChronoUnit.MICROS.between(LocalTime.MIDNIGHT, time);
    return Texts.hasWholeMicros(time);
  }

  private boolean integer(Kind kind, Object value) {
    switch (kind) {
      case INT, LONG -> number = (Long) value;
      case FLOAT, DOUBLE, DECIMAL -> {
        BigInteger whole = whole(kind, value);
        if (whole.bitLength() >= Long.SIZE) {
          return false;
        }
        number = whole.longValue();
        if (!exact(kind, value, BigDecimal.valueOf(number))) {
          return false;
        }
      }
      default -> {
        return false;
      }
    }
    return target == CellKind.LONG || number == (int) number;
  }

  /** The integer part, or something beyond 64 bits for what has none. */
  private static BigInteger whole(Kind kind, Object value) {
    if (kind == Kind.DECIMAL) {
      return ((BigDecimal) value).toBigInteger();
    }
    double real = ((Number) value).doubleValue();
    return Double.isFinite(real)
        ? new BigDecimal(real).toBigInteger()
        : BigInteger.ONE.shiftLeft(Long.SIZE);
  }

  private static boolean exact(Kind kind, Object value, BigDecimal taken) {
    return taken.compareTo(toDecimal(kind, value)) == 0;
  }

  private static BigDecimal toDecimal(Kind kind, Object value) {
    return switch (kind) {
      case INT, LONG -> BigDecimal.valueOf((Long) value);
      case DECIMAL -> (BigDecimal) value;
      default -> new BigDecimal(value.toString());
    };
  }

  private boolean real(Kind kind, Object value) {
    switch (kind) {
      case FLOAT -> real = (Float) value;
      case DOUBLE -> {
        real = (Double) value;
        return target == CellKind.DOUBLE || Double.isNaN(real) || (float) real == real;
      }
      case INT, LONG, DECIMAL -> {
        BigDecimal decimal = toDecimal(kind, value);
        real = target == CellKind.FLOAT ? decimal.floatValue() : decimal.doubleValue();
        return Double.isFinite(real)
            && new BigDecimal(
                        target == CellKind.FLOAT
                            ? Float.toString((float) real)
                            : Double.toString(real))
                    .compareTo(decimal)
                == 0;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean decimal(Kind kind, Object value) {
    boolean numeric =
        switch (kind) {
          case INT, LONG, DECIMAL -> true;
          case FLOAT, DOUBLE -> Double.isFinite(((Number) value).doubleValue());
          default -> false;
        };
    if (!numeric || !(type.getLogicalType() instanceof LogicalTypes.Decimal is)) {
      return false;
    }
    BigDecimal bare = toDecimal(kind, value).stripTrailingZeros();
    if (bare.scale() > is.getScale()
        || bare.precision() - bare.scale() > is.getPrecision() - is.getScale()) {
      return false;
    }
    bytes = bare.setScale(is.getScale()).unscaledValue().toByteArray();
    return true;
  }

  private boolean date(Kind kind, Object value) {
    if (kind == Kind.DATE) {
      number = (Long) value;
      return number == (int) number;
    }
    return kind == Kind.TEXT && parsed(Cells.date(chars(value), 0, ((String) value).length()));
  }

  private boolean timestamp(Kind kind, Object value) {
    boolean local = target == CellKind.LOCAL_MICROS || target == CellKind.LOCAL_MILLIS;
    if (kind == Kind.TEXT) {
      char[] chars = chars(value);
      return parsed(
              local
                  ? Cells.localTimestamp(chars, 0, chars.length)
                  : Cells.zonedTimestamp(chars, 0, chars.length))
          && millis();
    } else if (kind != (local ? Kind.LOCAL : Kind.ZONED)) {
      return false;
    }
    Instant at = (Instant) value;
    if (!Texts.hasWholeMicros(at)) {
      return false;
    }
    try {
      number = ChronoUnit.MICROS.between(Instant.EPOCH, at);
    } catch (ArithmeticException beyond) {
      return false;
    }
    return millis();
  }

  private boolean parsed(long micros) {
    number = micros;
    return micros != Cells.MISFIT;
  }

  private boolean millis() {
    if (target == CellKind.LOCAL_MICROS || target == CellKind.ZONED_MICROS) {
      return true;
    }
    boolean whole = Math.floorMod(number, MILLI) == 0;
    number = Math.floorDiv(number, MILLI);
    return whole;
  }

  private static char[] chars(Object text) {
    return ((String) text).toCharArray();
  }

  /** Writes what was taken. */
  void write(Encoder out) throws IOException {
    if (bytesTarget) {
      out.writeBytes(bytes);
      return;
    } else if (timeTarget) {
      out.writeLong(number);
      return;
    }
    switch (target) {
      case BOOLEAN -> out.writeBoolean(number == 1);
      case INT, DATE -> out.writeInt((int) number);
      case LONG, LOCAL_MICROS, LOCAL_MILLIS, ZONED_MICROS, ZONED_MILLIS -> out.writeLong(number);
      case FLOAT -> out.writeFloat((float) real);
      case DOUBLE -> out.writeDouble(real);
      case DECIMAL -> out.writeBytes(bytes);
      case TEXT -> text.write(out);
      case NONE -> throw new IllegalStateException("a " + type + " took no value");
    }
  }
}
