package dev.lakehouse.ingest.csv;

import dev.lakehouse.ingest.types.Cells;
import dev.lakehouse.ingest.types.NumberShape;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * What one column's cells have in common, found cell by cell in bounded memory. An empty cell says
 * nothing; a column without any other is text.
 */
final class ColumnProfile {
  private static final int BOOLEAN = 1;
  private static final int LONG = 2;
  private static final int DOUBLE = 4;
  private static final int DECIMAL = 8;
  private static final int DATE = 16;
  private static final int LOCAL = 32;
  private static final int ZONED = 64;
  private static final int MOST_PRECISION = 38;

  private final NumberShape shape = new NumberShape();
  private int fits = BOOLEAN | LONG | DOUBLE | DECIMAL | DATE | LOCAL | ZONED;
  private long empty;
  private long filled;
  private long least;
  private long most;
  private int integerDigits;
  private int scale;

  /** Takes one cell into account. */
  void accept(char[] c, int start, int stop) {
    if (start == stop) {
      empty++;
      return;
    }
    if (fits == 0) {
      filled++;
      return;
    }
    int from = start;
    int to = stop;
    while (from < to && c[from] == ' ') {
      from++;
    }
    while (from < to && c[to - 1] == ' ') {
      to--;
    }
    if (from == to) {
      empty++;
      return;
    }
    filled++;
    if ((fits & (LONG | DOUBLE | DECIMAL)) != 0) {
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
  }

  private void numbers(char[] c, int from, int to) {
    if ((fits & LONG) != 0) {
      long value = Cells.integer(c, from, to);
      if (value == Cells.MISFIT) {
        fits &= ~LONG;
      } else {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    if (!shape.scan(c, from, to)) {
      fits &= ~(LONG | DOUBLE | DECIMAL);
      return;
    }
    integerDigits = Math.max(integerDigits, shape.integerDigits());
    scale = Math.max(scale, shape.scale());
    if (shape.hasExponent() || integerDigits + scale > MOST_PRECISION) {
      fits &= ~DECIMAL;
    }
    if ((fits & DOUBLE) != 0 && Double.isNaN(Cells.exactDouble(c, from, to, shape))) {
      fits &= ~DOUBLE;
    }
  }

  /** Whether some cell is empty. */
  boolean hasEmpty() {
    return empty > 0;
  }

  /** Whether the column's numbers go beyond 32 bits. */
  boolean needsLong() {
    return least < Integer.MIN_VALUE || most > Integer.MAX_VALUE;
  }

  /** Digits before the point that a decimal needs. */
  int integerDigits() {
    return integerDigits;
  }

  /** The narrowest type that every cell fits. */
  Schema type() {
    if (filled == 0 || fits == 0) {
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
