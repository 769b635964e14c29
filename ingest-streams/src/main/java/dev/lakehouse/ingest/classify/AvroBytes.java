package dev.lakehouse.ingest.classify;

/** Reads Avro's binary encoding where it lies, without making objects of it. */
final class AvroBytes {
  private static final int LONGEST_NUMBER = 10;

  private byte[] bytes = {};
  private int at;
  private int end;

  /** Goes to a value that lies between two places. */
  void open(byte[] given, int from, int to) {
    this.bytes = given;
    this.at = from;
    this.end = to;
  }

  byte[] bytes() {
    return bytes;
  }

  int at() {
    return at;
  }

  /** A number of variable length, zigzag. */
  long number() {
    long first = octet();
    if (first >= 0) {
      return (first >>> 1) ^ -(first & 1);
    }
    long value = first & 0x7F;
    for (int i = 1; i < LONGEST_NUMBER; i++) {
      byte next = octet();
      value |= (long) (next & 0x7F) << (7 * i);
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new IndexOutOfBoundsException("a number has no end");
  }

  /** A length that lies within what is left. */
  int length() {
    long length = number();
    if (length < 0 || length > end - at) {
      throw new IndexOutOfBoundsException(
          "a length of " + length + " with " + (end - at) + " left");
    }
    return (int) length;
  }

  /** Four bytes, the least first. */
  int four() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value |= (octet() & 0xFF) << (8 * i);
    }
    return value;
  }

  /** Eight bytes, the least first. */
  long eight() {
    return (four() & 0xFFFFFFFFL) | ((long) four() << 32);
  }

  byte octet() {
    if (at >= end) {
      throw new IndexOutOfBoundsException("the value ends early");
    }
    return bytes[at++];
  }

  void skip(int length) {
    if (length > end - at) {
      throw new IndexOutOfBoundsException("the value ends early");
    }
    at += length;
  }
}
