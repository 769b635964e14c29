package dev.lakehouse.ingest.csv;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.Arrays;

/**
 * One CSV record's characters, reused from record to record so that reading makes no garbage. It is
 * valid until the next record is asked for.
 */
public final class RowBuffer extends CsvCallbackHandler<RowBuffer> {
  private char[] chars = new char[1024];
  private int[] ends = new int[32];
  private int fields;
  private int length;
  private long line;
  private RecordType type = RecordType.DATA;

  /** How many fields the record has. */
  public int fields() {
    return fields;
  }

  /** The line of the file on which the record begins, from 1. */
  public long line() {
    return line;
  }

  /** All fields' characters, one behind the other. */
  char[] chars() {
    return chars;
  }

  int start(int field) {
    return field == 0 ? 0 : ends[field - 1];
  }

  int end(int field) {
    return ends[field];
  }

  /** One field's text. */
  public String text(int field) {
    return new String(chars, start(field), end(field) - start(field));
  }

  /** The record written as CSV again. */
  public String toCsv(Dialect dialect) {
    StringBuilder csv = new StringBuilder(length + fields);
    for (int i = 0; i < fields; i++) {
      if (i > 0) {
        csv.append(dialect.delimiter());
      }
      String text = text(i);
      boolean plain =
          text.indexOf(dialect.delimiter()) < 0
              && text.indexOf(dialect.quote()) < 0
              && text.indexOf('\n') < 0
              && text.indexOf('\r') < 0;
      if (plain) {
        csv.append(text);
      } else {
        String quote = String.valueOf(dialect.quote());
        csv.append(quote).append(text.replace(quote, quote + quote)).append(quote);
      }
    }
    return csv.toString();
  }

  @Override
  protected RecordType getRecordType() {
    return type;
  }

  @Override
  protected int getFieldCount() {
    return fields;
  }

  @Override
  protected void beginRecord(long startingLine) {
    line = startingLine;
    fields = 0;
    length = 0;
    type = RecordType.DATA;
  }

  @Override
  protected void addField(char[] buffer, int offset, int count, boolean quoted) {
    if (chars.length - length < count) {
      chars = Arrays.copyOf(chars, Math.max(chars.length * 2, length + count));
    }
    System.arraycopy(buffer, offset, chars, length, count);
    length += count;
    if (fields == ends.length) {
      ends = Arrays.copyOf(ends, fields * 2);
    }
    ends[fields++] = length;
  }

  @Override
  protected void setComment(char[] buffer, int offset, int count) {
    type = RecordType.COMMENT;
  }

  @Override
  protected void setEmpty() {
    type = RecordType.EMPTY;
  }

  @Override
  protected RowBuffer buildRecord() {
    return this;
  }
}
