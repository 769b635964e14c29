package dev.lakehouse.ingest.csv;

import dev.lakehouse.ingest.types.Cells;
import dev.lakehouse.ingest.types.NumberShape;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Which types the plain cells of a column fit, found cell by cell in bounded memory. */
final class PlainProfile {
  static final int BOOLEAN = 1;
  static final int LONG = 2;
  static final int DOUBLE = 4;
  static final int DECIMAL = 8;
  static final int DATE = 16;
  static final int LOCAL = 32;
  static final int ZONED = 64;
  static final int NUMBERS = LONG | DOUBLE | DECIMAL;
  static final int TIMES = DATE | LOCAL | ZONED;

  private static final int MOST_PRECISION = 38;

  /** Integers of more digits are identifiers, such as card numbers, and stay text. */
  private static final int MOST_DIGITS = 15;

  private final NumberShape shape = new NumberShape();
  private int fits;
  private long least;
  private long most;
  private int integerDigits;
  private int scale;
  private boolean thousandths = true;

  PlainProfile() {
    this(BOOLEAN | NUMBERS | TIMES);
  }

  /**
   * @param fits the types that are still to be told apart
   */
  PlainProfile(int fits) {
    this.fits = fits;
  }

  /** Takes one cell into account, which is not empty; whether some type is left. */
  boolean accept(char[] c, int from, int to) {
    if ((fits & NUMBERS) != 0) {
      numbers(c, from, to);
    }
    if ((fits & BOOLEAN) != 0 && Cells.bool(c, from, to) == Cells.MISFIT) {
      fits &= ~BOOLEAN;
    }
    if ((fits & DATE) != 0 && Cells.date(c, from, to) == Cells.MISFIT) {
      fits &= ~DATE;
    }
    if ((fits & LOCAL) != 0 && Cells.localTimestamp(c, from, to) == Cells.MISFIT) {
      fits &= ~LOCAL;
    }
    if ((fits & ZONED) != 0 && Cells.zonedTimestamp(c, from, to) == Cells.MISFIT) {
      fits &= ~ZONED;
    }
    return fits != 0;
  }

  private void numbers(char[] c, int from, int to) {
    if ((fits & LONG) != 0) {
      long value = Cells.integer(c, from, to);
      if (value == Cells.MISFIT) {
        fits &= ~LONG;
      } else {
        least = Math.min(least, value);
        most = Math.max(most, value);
        int digits = c[from] == '-' ? to - from - 1 : to - from;
        if (digits <= MOST_DIGITS && digits + scale <= MOST_PRECISION) {
          // Every double and decimal holds it.
          integerDigits = Math.max(integerDigits, digits);
          return;
        }
      }
    }
    boolean number = shape.scan(c, from, to);
    boolean identifier = shape.integerDigits() > MOST_DIGITS && shape.scale() == 0;
    if (!number || (identifier && !shape.hasExponent())) {
      fits &= ~NUMBERS;
      return;
    }
    integerDigits = Math.max(integerDigits, shape.integerDigits());
    scale = Math.max(scale, shape.scale());
    boolean thousand =
        shape.scale() == 3
            && shape.integerDigits() > 0
            && shape.integerDigits() < 4
            && c[from] != '0';
    thousandths &= !shape.hasExponent() && (thousand || shape.scale() == 0);
    if (shape.hasExponent() || integerDigits + scale > MOST_PRECISION) {
      fits &= ~DECIMAL;
    }
    if ((fits & DOUBLE) != 0 && Double.isNaN(Cells.exactDouble(c, from, to, shape))) {
      fits &= ~DOUBLE;
    }
  }

  int fits() {
    return fits;
  }

  /** Whether every number so far may just as well be a thousand written with a point. */
  boolean mayBeThousands() {
    return thousandths;
  }

  /** What the same cells are for a notation that reads them as they are, or their thousands. */
  PlainProfile reread(int as, boolean thousands) {
    PlainProfile other = new PlainProfile(as);
    other.least = thousands ? -1_000_000 : least;
    other.most = thousands ? 1_000_000 : most;
    other.integerDigits = thousands ? integerDigits + 3 : integerDigits;
    other.scale = thousands ? 0 : scale;
    return other;
  }

  boolean needsLong() {
    return least < Integer.MIN_VALUE || most > Integer.MAX_VALUE;
  }

  int integerDigits() {
    return integerDigits;
  }

  /** The narrowest type that every cell fits. */
  Schema type() {
    if (fits == 0) {
      return Schema.create(Schema.Type.STRING);
    } else if ((fits & BOOLEAN) != 0) {
      return Schema.create(Schema.Type.BOOLEAN);
    } else if ((fits & LONG) != 0) {
      return Schema.create(Schema.Type.LONG);
    } else if ((fits & DOUBLE) != 0) {
      return Schema.create(Schema.Type.DOUBLE);
    } else if ((fits & DECIMAL) != 0) {
      return LogicalTypes.decimal(integerDigits + scale, scale)
          .addToSchema(Schema.create(Schema.Type.BYTES));
    } else if ((fits & DATE) != 0) {
      return LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
    } else if ((fits & LOCAL) != 0) {
      return LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    }
    return LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
  }
}
