package dev.lakehouse.ingest.csv;

import java.util.Arrays;

/**
 * One record as it lies in the tokenizer's buffer, reused from record to record so that reading
 * makes no garbage. It is valid until the next record is asked for.
 */
final class RowBuffer {
  private static final byte QUOTED = 1;
  private static final byte MADE = 2;

  private char[] buffer = new char[0];
  private int begin;
  private int end;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private byte[] kinds = new byte[32];
  private int fields;
  private char[] made = new char[256];
  private int madeLength;
  private long line;
  private String flaw = "";
  private boolean cut;

  /** How many fields the record has. */
  int fields() {
    return fields;
  }

  /** The line of the file on which the record begins, from 1. */
  long line() {
    return line;
  }

  /** What is wrong with the record as such, or the empty string. */
  String flaw() {
    return flaw;
  }

  /** The array that holds the field's characters. */
  char[] chars(int field) {
    return (kinds[field] & MADE) != 0 ? made : buffer;
  }

  /** Where the field begins in its array. */
  int start(int field) {
    return (kinds[field] & MADE) != 0 ? starts[field] : begin + starts[field];
  }

  /** Behind the field's last character in its array. */
  int end(int field) {
    return (kinds[field] & MADE) != 0 ? ends[field] : begin + ends[field];
  }

  boolean isQuoted(int field) {
    return (kinds[field] & QUOTED) != 0;
  }

  boolean isEmpty(int field) {
    return starts[field] == ends[field];
  }

  /** One field's text. */
  String text(int field) {
    return new String(chars(field), start(field), end(field) - start(field));
  }

  /** The record as it stands in the file, without its line end. */
  String raw() {
    return new String(buffer, begin, end - begin);
  }

  /** Whether the record is longer than what is here of it. */
  boolean isCut() {
    return cut;
  }

  void begin(long onLine) {
    cut = false;
    fields = 0;
    madeLength = 0;
    line = onLine;
    flaw = "";
  }

  void flaw(String what) {
    flaw = what;
  }

  /** A field that lies in the buffer, its places counted from the record's begin. */
  void add(int from, int to, boolean quoted) {
    room();
    starts[fields] = from;
    ends[fields] = to;
    kinds[fields++] = quoted ? QUOTED : 0;
  }

  /** A field whose text differs from what is in the buffer: pieces follow. */
  void beginMade(boolean quoted) {
    room();
    starts[fields] = madeLength;
    kinds[fields] = quoted ? QUOTED | MADE : MADE;
  }

  void piece(char[] from, int at, int length) {
    if (made.length - madeLength < length) {
      made = Arrays.copyOf(made, Math.max(made.length * 2, madeLength + length));
    }
    System.arraycopy(from, at, made, madeLength, length);
    madeLength += length;
  }

  void endMade() {
    ends[fields++] = madeLength;
  }

  /** Takes fields back. */
  void reset(int toFields) {
    fields = toFields;
  }

  /** The record is too long: this is how it begins, and it has no fields. */
  void cut(String head, int longest) {
    cut = true;
    fields = 0;
    flaw = "is longer than " + longest + " characters";
    end(head.toCharArray(), 0, head.length());
  }

  void end(char[] in, int from, int to) {
    buffer = in;
    begin = from;
    end = to;
  }

  private void room() {
    if (fields == starts.length) {
      starts = Arrays.copyOf(starts, fields * 2);
      ends = Arrays.copyOf(ends, fields * 2);
      kinds = Arrays.copyOf(kinds, fields * 2);
    }
  }
}
