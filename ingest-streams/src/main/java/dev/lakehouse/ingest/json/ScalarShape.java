package dev.lakehouse.ingest.json;

import dev.lakehouse.ingest.types.Cells;
import dev.lakehouse.ingest.types.NumberShape;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The narrowest type that scalars have in common. Numbers are integers of 64 bits, else doubles
 * where that loses no digit, else decimals of up to 38 digits. Texts are dates or timestamps where
 * all are. Everything mixed is text.
 */
final class ScalarShape {
  private static final int LONG = 1;
  private static final int DOUBLE = 2;
  private static final int DECIMAL = 4;
  private static final int DATE = 1;
  private static final int LOCAL = 2;
  private static final int ZONED = 4;
  private static final int MOST_PRECISION = 38;

  private final NumberShape shape = new NumberShape();
  private boolean booleans;
  private boolean numbers;
  private boolean texts;
  private int asNumber = LONG | DOUBLE | DECIMAL;
  private int asText = DATE | LOCAL | ZONED;
  private long least;
  private long most;
  private int integerDigits;
  private int scale;

  /** Takes one value into account. */
  void accept(JsonKind kind, char[] c, int from, int to) {
    switch (kind) {
      case TRUE, FALSE -> booleans = true;
      case NUMBER -> {
        numbers = true;
        if (asNumber != 0) {
          number(c, from, to);
        }
      }
      case TEXT -> {
        texts = true;
        if (asText != 0) {
          text(c, from, to);
        }
      }
      case NOTHING, LIST, JSON -> {}
    }
  }

  private void number(char[] c, int from, int to) {
    if (!shape.scanAny(c, from, to)) {
      asNumber = 0;
      return;
    }
    integerDigits = Math.max(integerDigits, shape.integerDigits());
    scale = Math.max(scale, shape.scale());
    if ((asNumber & LONG) != 0) {
      long value = JsonNumbers.integer(c, from, to, shape);
      if (value == Cells.MISFIT) {
        asNumber &= ~LONG;
      } else {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    if (shape.hasExponent() || integerDigits + scale > MOST_PRECISION) {
      asNumber &= ~DECIMAL;
    }
    if ((asNumber & DOUBLE) != 0 && Double.isNaN(Cells.scannedDouble(c, from, to, shape))) {
      asNumber &= ~DOUBLE;
    }
  }

  private void text(char[] c, int from, int to) {
    if ((asText & DATE) != 0 && Cells.date(c, from, to) == Cells.MISFIT) {
      asText &= ~DATE;
    }
    if ((asText & LOCAL) != 0 && Cells.localTimestamp(c, from, to) == Cells.MISFIT) {
      asText &= ~LOCAL;
    }
    if ((asText & ZONED) != 0 && Cells.zonedTimestamp(c, from, to) == Cells.MISFIT) {
      asText &= ~ZONED;
    }
  }

  /** Whether its integers go beyond 32 bits. */
  boolean needsLong() {
    return least < Integer.MIN_VALUE || most > Integer.MAX_VALUE;
  }

  /** Digits before the point that a decimal needs. */
  int integerDigits() {
    return integerDigits;
  }

  /** The type, or empty if there was no value. */
  Optional<Schema> type() {
    if (!booleans && !numbers && !texts) {
      return Optional.empty();
    } else if (numbers && !booleans && !texts) {
      return Optional.of(numberType());
    } else if (texts && !booleans && !numbers) {
      return Optional.of(textType());
    }
    return Optional.of(
        Schema.create(booleans && !numbers && !texts ? Schema.Type.BOOLEAN : Schema.Type.STRING));
  }

  private Schema numberType() {
    if ((asNumber & LONG) != 0) {
      return Schema.create(Schema.Type.LONG);
    } else if ((asNumber & DOUBLE) != 0) {
      return Schema.create(Schema.Type.DOUBLE);
    } else if ((asNumber & DECIMAL) != 0) {
      return LogicalTypes.decimal(integerDigits + scale, scale)
          .addToSchema(Schema.create(Schema.Type.BYTES));
    }
    return Schema.create(Schema.Type.STRING);
  }

  private Schema textType() {
    if ((asText & DATE) != 0) {
      return LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
    } else if ((asText & LOCAL) != 0) {
      return LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    } else if ((asText & ZONED) != 0) {
      return LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    }
    return Schema.create(Schema.Type.STRING);
  }
}
