package dev.lakehouse.ingest.columnar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CodingErrorAction;

/**
 * Avro's binary form of values in one block, in which no length is believed that goes beyond the
 * block.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">the format</a>
 */
final class AvroBytes {
  private static final int MOST_LONG_BYTES = 10;

  private final ByteBuffer bytes;

  AvroBytes(ByteBuffer bytes) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  boolean isEnd() {
    return !bytes.hasRemaining();
  }

  int remaining() {
    return bytes.remaining();
  }

  boolean readBoolean() throws IOException {
    byte value = bytes.get();
    if (value != 0 && value != 1) {
      throw new IOException("a boolean is " + value);
    }
    return value == 1;
  }

  long readLong() throws IOException {
    long value = 0;
    for (int i = 0; i < MOST_LONG_BYTES; i++) {
      byte b = bytes.get();
      value |= (long) (b & 0x7F) << (7 * i);
      if (b >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new IOException("a number has too many bytes");
  }

  int readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw new IOException("an int is " + value);
    }
    return (int) value;
  }

  float readFloat() {
    return bytes.getFloat();
  }

  double readDouble() {
    return bytes.getDouble();
  }

  byte[] readFixed(long size) throws IOException {
    if (size < 0 || size > bytes.remaining()) {
      throw new IOException(
          "a value of " + size + " bytes where " + bytes.remaining() + " are left");
    }
    byte[] value = new byte[(int) size];
    bytes.get(value);
    return value;
  }

  byte[] readBytes() throws IOException {
    return readFixed(readLong());
  }

  String readText() throws IOException {
    return UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(readBytes()))
        .toString();
  }

  /** How many items the next block of an array or map has; 0 behind the last block. */
  int readBlock() throws IOException {
    long count = readLong();
    if (count < 0) {
      count = -count;
      readLong();
    }
    if (count < 0 || count > bytes.remaining()) {
      throw new IOException(count + " items where " + bytes.remaining() + " bytes are left");
    }
    return (int) count;
  }
}
