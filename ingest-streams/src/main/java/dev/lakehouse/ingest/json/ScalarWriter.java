package dev.lakehouse.ingest.json;

import dev.lakehouse.ingest.types.CellKind;
import dev.lakehouse.ingest.types.Cells;
import dev.lakehouse.ingest.types.NumberShape;
import dev.lakehouse.ingest.types.Utf8Bytes;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/**
 * Takes a scalar for one Avro type, or says that it does not fit, and writes it. Numbers fit
 * numbers where no digit is lost, texts fit dates and timestamps, and everything fits text.
 */
final class ScalarWriter {
  private static final long MILLI = 1000;
  private static final int MOST_DIGITS = 400;

  private final Schema type;
  private final CellKind target;
  private final NumberShape shape = new NumberShape();
  private final Utf8Bytes text = new Utf8Bytes();
  private byte[] decimal = new byte[0];
  private long number;
  private double real;

  ScalarWriter(Schema type) {
    this.type = type;
    this.target = CellKind.of(type);
  }

  boolean takesText() {
    return target == CellKind.TEXT;
  }

  /** Takes characters whatever they are, where the type is text. */
  boolean takeText(char[] c, int from, int to) {
    return takesText() && text.take(c, from, to);
  }

  /** Takes a value; whether it fits. */
  boolean take(JsonKind kind, char[] c, int from, int to) {
    return switch (target) {
      case TEXT -> text.take(c, from, to);
      case BOOLEAN -> {
        number = kind == JsonKind.TRUE ? 1 : 0;
        yield kind == JsonKind.TRUE || kind == JsonKind.FALSE;
      }
      case INT, LONG, FLOAT, DOUBLE, DECIMAL -> kind == JsonKind.NUMBER && takeNumber(c, from, to);
      case DATE, LOCAL_MICROS, LOCAL_MILLIS, ZONED_MICROS, ZONED_MILLIS ->
          kind == JsonKind.TEXT && takeTime(c, from, to);
      case NONE -> false;
    };
  }

  private boolean takeNumber(char[] c, int from, int to) {
    switch (target) {
      case FLOAT, DOUBLE -> {
        real = shape.scanAny(c, from, to) ? Cells.scannedDouble(c, from, to, shape) : Double.NaN;
        return !Double.isNaN(real) && (target == CellKind.DOUBLE || Cells.fitsFloat(real));
      }
      case DECIMAL -> {
        return takeDecimal(c, from, to);
      }
      default -> {
        number = JsonNumbers.wholeNumber(c, from, to, shape);
        return number != Cells.MISFIT && (target == CellKind.LONG || number == (int) number);
      }
    }
  }

  private boolean takeDecimal(char[] c, int from, int to) {
    if (to - from > MOST_DIGITS
        || !shape.scanAny(c, from, to)
        || !(type.getLogicalType() instanceof LogicalTypes.Decimal is)) {
      return false;
    }
    BigDecimal value = new BigDecimal(c, from, to - from).stripTrailingZeros();
    if (value.scale() > is.getScale()
        || value.precision() - value.scale() > is.getPrecision() - is.getScale()) {
      return false;
    }
    decimal = value.setScale(is.getScale()).unscaledValue().toByteArray();
    return true;
  }

  private boolean takeTime(char[] c, int from, int to) {
    number =
        switch (target) {
          case DATE -> Cells.date(c, from, to);
          case LOCAL_MICROS, LOCAL_MILLIS -> Cells.localTimestamp(c, from, to);
          default -> Cells.zonedTimestamp(c, from, to);
        };
    boolean millis = target == CellKind.LOCAL_MILLIS || target == CellKind.ZONED_MILLIS;
    if (number == Cells.MISFIT || (millis && Math.floorMod(number, MILLI) != 0)) {
      return false;
    }
    number = millis ? Math.floorDiv(number, MILLI) : number;
    return true;
  }

  /** Writes what was taken. */
  void write(Encoder out) throws IOException {
    switch (target) {
      case BOOLEAN -> out.writeBoolean(number == 1);
      case INT, DATE -> out.writeInt((int) number);
      case LONG, LOCAL_MICROS, LOCAL_MILLIS, ZONED_MICROS, ZONED_MILLIS -> out.writeLong(number);
      case FLOAT -> out.writeFloat((float) real);
      case DOUBLE -> out.writeDouble(real);
      case DECIMAL -> out.writeBytes(decimal);
      case TEXT -> text.write(out);
      case NONE -> throw new IllegalStateException("a " + type + " took no value");
    }
  }
}
