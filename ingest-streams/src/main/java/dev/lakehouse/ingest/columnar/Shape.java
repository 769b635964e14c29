package dev.lakehouse.ingest.columnar;

import dev.lakehouse.ingest.format.UnreadableFileException;
import java.util.List;

/** What values are like. A missing value is null whatever its shape. */
sealed interface Shape {
  /** Shapes within one another. */
  int DEEPEST = 100;

  /** Digits of a decimal. */
  int MOST_DIGITS = 10_000;

  /**
   * One value.
   *
   * @param precision digits of a decimal
   * @param scale digits behind a decimal's point
   */
  record Scalar(Kind kind, int precision, int scale) implements Shape {
    static Scalar of(Kind kind) {
      return new Scalar(kind, 0, 0);
    }

    /**
     * A decimal.
     *
     * @throws UnreadableFileException if it claims more digits than anybody's has
     */
    static Scalar decimal(int precision, int scale) {
      if (precision > MOST_DIGITS || scale > MOST_DIGITS || scale < -MOST_DIGITS) {
        throw new UnreadableFileException(
            "unsupported_type",
            "a decimal of the file's schema has %d digits, %d of them behind the point; at most %d are read"
                .formatted(precision, scale, MOST_DIGITS),
            "write the column with fewer digits, or as text");
      }
      return new Scalar(Kind.DECIMAL, precision, scale);
    }
  }

  /** Named fields; its values are {@code Object[]} in the fields' order. */
  record Struct(List<Field> fields) implements Shape {}

  /** A field of a struct. */
  record Field(String name, Shape shape) {}

  /** Its values are {@code List}. */
  record Items(Shape item) implements Shape {}

  /** Its values are {@code Map}. */
  record Entries(Shape key, Shape value) implements Shape {}

  /** Refuses a schema that is nested too deep to be anybody's. */
  static void checkDepth(int depth) {
    if (depth > DEEPEST) {
      throw new UnreadableFileException(
          "too_deep",
          "the file's schema is nested deeper than " + DEEPEST,
          "write the file with a flatter schema");
    }
  }
}
