package dev.lakehouse.ingest.json;

import dev.lakehouse.ingest.types.Cells;
import dev.lakehouse.ingest.types.NumberShape;
import java.math.BigDecimal;

/** Numbers in JSON's notation, without loss. */
final class JsonNumbers {
  private static final int LONG_DIGITS = 19;
  private static final int MOST_EXPONENT = 400;

  private JsonNumbers() {}

  /** A number written as an integer that 64 bits hold, or {@link Cells#MISFIT}. */
  static long integer(char[] c, int from, int to, NumberShape shape) {
    if (!shape.isInteger() || shape.integerDigits() > LONG_DIGITS) {
      return Cells.MISFIT;
    } else if (shape.integerDigits() < LONG_DIGITS) {
      return Cells.integer(c, from, to);
    }
    return exact(new BigDecimal(c, from, to - from));
  }

  /** A number that is an integer of 64 bits, however it is written, or {@link Cells#MISFIT}. */
  static long wholeNumber(char[] c, int from, int to, NumberShape shape) {
    if (!shape.scanAny(c, from, to)) {
      return Cells.MISFIT;
    }
    long plain = integer(c, from, to, shape);
    return plain != Cells.MISFIT || shape.integerDigits() + shape.scale() > MOST_EXPONENT
        ? plain
        : exact(new BigDecimal(c, from, to - from));
  }

  private static long exact(BigDecimal value) {
    BigDecimal bare = value.stripTrailingZeros();
    if (bare.scale() > 0 || bare.precision() - bare.scale() > LONG_DIGITS) {
      return Cells.MISFIT;
    }
    try {
      return bare.longValueExact();
    } catch (ArithmeticException tooLarge) {
      return Cells.MISFIT;
    }
  }
}
