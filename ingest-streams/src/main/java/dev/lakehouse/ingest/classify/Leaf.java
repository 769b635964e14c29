package dev.lakehouse.ingest.classify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;

/** A primitive part of a record under the path that the table's column has. */
sealed interface Leaf {
  String path();

  /** The same under another path. */
  Leaf at(String other);

  /** What the value is made of; see {@link Makeup}. */
  long makeup(byte[] bytes, long value, int length);

  /** The same for equal values, and hardly ever for others. */
  long hash(byte[] bytes, long value, int length);

  /** The value as the text that is looked at. */
  String text(byte[] bytes, long value, int length);

  /** Text as it is. */
  record Text(String path) implements Leaf {
    @Override
    public Leaf at(String other) {
      return new Text(other);
    }

    @Override
    public long makeup(byte[] bytes, long value, int length) {
      return Makeup.ofText(bytes, (int) value, (int) value + length);
    }

    @Override
    public long hash(byte[] bytes, long value, int length) {
      return Makeup.hash(bytes, (int) value, (int) value + length);
    }

    @Override
    public String text(byte[] bytes, long value, int length) {
      return new String(bytes, (int) value, length, UTF_8);
    }
  }

  /** Bytes, which are looked at if they are a text. */
  record Binary(String path) implements Leaf {
    @Override
    public Leaf at(String other) {
      return new Binary(other);
    }

    @Override
    public long makeup(byte[] bytes, long value, int length) {
      return Makeup.ofText(bytes, (int) value, (int) value + length);
    }

    @Override
    public long hash(byte[] bytes, long value, int length) {
      return Makeup.hash(bytes, (int) value, (int) value + length);
    }

    @Override
    public String text(byte[] bytes, long value, int length) {
      return LeafText.utf8(ByteBuffer.wrap(bytes, (int) value, length));
    }
  }

  /** A decimal number as its unscaled bytes. */
  record Decimal(String path, int scale) implements Leaf {
    @Override
    public Leaf at(String other) {
      return new Decimal(other, scale);
    }

    @Override
    public long makeup(byte[] bytes, long value, int length) {
      return Makeup.ofNumber(length);
    }

    @Override
    public long hash(byte[] bytes, long value, int length) {
      return Makeup.hash(bytes, (int) value, (int) value + length);
    }

    @Override
    public String text(byte[] bytes, long value, int length) {
      byte[] unscaled = Arrays.copyOfRange(bytes, (int) value, (int) value + length);
      return new BigDecimal(new BigInteger(unscaled), scale).toPlainString();
    }
  }

  /**
   * A number or what is kept as one.
   *
   * @param makeup what its number is made of
   * @param written its number as the text that is looked at
   */
  record Numeric(String path, LongUnaryOperator makeup, LongFunction<String> written)
      implements Leaf {
    @Override
    public Leaf at(String other) {
      return new Numeric(other, makeup, written);
    }

    @Override
    public long makeup(byte[] bytes, long value, int length) {
      return makeup.applyAsLong(value);
    }

    @Override
    public long hash(byte[] bytes, long value, int length) {
      return value;
    }

    @Override
    public String text(byte[] bytes, long value, int length) {
      return written.apply(value);
    }
  }
}
