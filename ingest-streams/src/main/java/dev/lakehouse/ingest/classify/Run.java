package dev.lakehouse.ingest.classify;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A run of records of one partition as one value, so that the topology handles a fetch at a time
 * and not each record.
 */
final class Run {
  private static final int HEADER = 2 * Long.BYTES;

  /** Is given each value as a part of an array. */
  interface Visitor {
    void visit(byte[] bytes, int from, int to);
  }

  private final byte[] bytes;
  private final ByteBuffer numbers;

  private Run(byte[] bytes) {
    this.bytes = bytes;
    this.numbers = ByteBuffer.wrap(bytes);
  }

  /**
   * Writes a run.
   *
   * @param from offset from which on everything is accounted for here
   * @param to offset after the last that is
   * @param values of the records between
   */
  static byte[] write(long from, long to, List<byte[]> values) {
    int size = HEADER;
    for (byte[] value : values) {
      size += Integer.BYTES + value.length;
    }
    byte[] written = new byte[size];
    ByteBuffer out = ByteBuffer.wrap(written).putLong(from).putLong(to);
    for (byte[] value : values) {
      out.putInt(value.length).put(value);
    }
    return written;
  }

  /** What {@link #write} wrote. */
  static Run of(byte[] bytes) {
    return new Run(bytes);
  }

  long from() {
    return numbers.getLong(0);
  }

  long to() {
    return numbers.getLong(Long.BYTES);
  }

  /** Shows every value, in order. */
  void visit(Visitor visitor) {
    int at = HEADER;
    while (at < bytes.length) {
      int length = numbers.getInt(at);
      at += Integer.BYTES;
      visitor.visit(bytes, at, at + length);
      at += length;
    }
  }
}
