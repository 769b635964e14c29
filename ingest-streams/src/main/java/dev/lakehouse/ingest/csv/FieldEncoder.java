package dev.lakehouse.ingest.csv;

import dev.lakehouse.ingest.types.CellKind;
import dev.lakehouse.ingest.types.Cells;
import dev.lakehouse.ingest.types.NumberShape;
import dev.lakehouse.ingest.types.Utf8Bytes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/**
 * One field of the records: takes its cell, or says that it does not fit, and writes it as Avro.
 * Taking and writing are apart, so that a row is known to fit before its first byte is written.
 */
final class FieldEncoder {
  private static final long MILLI = 1000;

  private final String column;
  private final int source;
  private final Schema type;
  private final CellKind kind;
  private final int nullBranch;
  private final int valueBranch;
  private final NullNotation nulls;
  private final Optional<Notation> notation;
  private final char[] plain = new char[Notation.ROOM];
  private final NumberShape shape = new NumberShape();
  private final CharsetEncoder utf8 =
      StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer bytes = ByteBuffer.allocate(64);

  private boolean isNull;
  private long number;
  private double real;

  /**
   * @param source the row's cell that the field takes, or -1 for none
   * @param notation how the cells are written, if not the plain way
   */
  FieldEncoder(
      String column, Schema schema, int source, NullNotation nulls, Optional<Notation> notation) {
    this.column = column;
    this.source = source;
    this.nulls = nulls;
    this.notation = notation;
    List<Schema> branches =
        schema.getType() == Schema.Type.UNION ? schema.getTypes() : List.of(schema);
    this.nullBranch = branch(branches, true);
    int value = branch(branches, false);
    this.type = value < 0 ? schema : branches.get(value);
    boolean one = branches.size() - (nullBranch < 0 ? 0 : 1) == 1;
    this.kind = one ? CellKind.of(type) : CellKind.NONE;
    this.valueBranch = schema.getType() == Schema.Type.UNION ? value : -1;
  }

  private static int branch(List<Schema> branches, boolean ofNull) {
    for (int i = 0; i < branches.size(); i++) {
      if ((branches.get(i).getType() == Schema.Type.NULL) == ofNull) {
        return i;
      }
    }
    return -1;
  }

  String column() {
    return column;
  }

  Schema type() {
    return type;
  }

  int source() {
    return source;
  }

  /** Takes its cell of the row; whether it fits. */
  boolean take(RowBuffer row) {
    if (source < 0 || source >= row.fields()) {
      isNull = true;
      return nullBranch >= 0;
    }
    char[] c = row.chars(source);
    int from = row.start(source);
    int to = row.end(source);
    if (kind != CellKind.TEXT) {
      while (from < to && c[from] == ' ') {
        from++;
      }
      while (from < to && c[to - 1] == ' ') {
        to--;
      }
    }
    isNull = from == to || (kind != CellKind.TEXT && nulls.is(c, from, to));
    if (isNull) {
      return nullBranch >= 0;
    } else if (kind == CellKind.TEXT || notation.isEmpty()) {
      return takeValue(c, from, to);
    }
    int length = to - from > Notation.LONGEST ? -1 : notation.get().plain(c, from, to, plain);
    return length >= 0 && takeValue(plain, 0, length);
  }

  private boolean takeValue(char[] c, int from, int to) {
    switch (kind) {
      case TEXT -> {
        if (to - from > Utf8Bytes.MOST_CHARS) {
          return false;
        }
        text(c, from, to);
      }
      case BOOLEAN -> number = Cells.bool(c, from, to);
      case INT -> {
        number = Cells.integer(c, from, to);
        if (number != (int) number) {
          return false;
        }
      }
      case LONG -> number = Cells.integer(c, from, to);
      case FLOAT, DOUBLE -> {
        real = Cells.exactDouble(c, from, to, shape);
        return !Double.isNaN(real) && (kind == CellKind.DOUBLE || Cells.fitsFloat(real));
      }
      case DECIMAL -> {
        return decimal(c, from, to);
      }
      case DATE -> number = Cells.date(c, from, to);
      case LOCAL_MICROS -> number = Cells.localTimestamp(c, from, to);
      case ZONED_MICROS -> number = Cells.zonedTimestamp(c, from, to);
      case LOCAL_MILLIS -> {
        return millis(Cells.localTimestamp(c, from, to));
      }
      case ZONED_MILLIS -> {
        return millis(Cells.zonedTimestamp(c, from, to));
      }
      case NONE -> {
        return false;
      }
    }
    return kind == CellKind.TEXT || number != Cells.MISFIT;
  }

  private boolean millis(long micros) {
    number = Math.floorDiv(micros, MILLI);
    return micros != Cells.MISFIT && Math.floorMod(micros, MILLI) == 0;
  }

  private void text(char[] c, int from, int to) {
    int room = (to - from) * 3;
    if (bytes.capacity() < room) {
      bytes = ByteBuffer.allocate(Math.max(room, bytes.capacity() * 2));
    }
    bytes.clear();
    byte[] array = bytes.array();
    for (int i = from; i < to; i++) {
      if (c[i] >= 0x80) {
        utf8.reset();
        utf8.encode(CharBuffer.wrap(c, from, to - from), bytes, true);
        bytes.flip();
        return;
      }
      array[i - from] = (byte) c[i];
    }
    bytes.position(0).limit(to - from);
  }

  private boolean decimal(char[] c, int from, int to) {
    if (!shape.scan(c, from, to) || !(type.getLogicalType() instanceof LogicalTypes.Decimal is)) {
      return false;
    }
    BigDecimal value = new BigDecimal(c, from, to - from).stripTrailingZeros();
    if (value.scale() > is.getScale()
        || value.precision() - value.scale() > is.getPrecision() - is.getScale()) {
      return false;
    }
    bytes = ByteBuffer.wrap(value.setScale(is.getScale()).unscaledValue().toByteArray());
    return true;
  }

  /** Writes what was taken. */
  void write(Encoder out) throws IOException {
    if (isNull) {
      out.writeIndex(nullBranch);
      out.writeNull();
      return;
    }
    if (valueBranch >= 0) {
      out.writeIndex(valueBranch);
    }
    switch (kind) {
      case BOOLEAN -> out.writeBoolean(number == 1);
      case INT, DATE -> out.writeInt((int) number);
      case LONG, LOCAL_MICROS, LOCAL_MILLIS, ZONED_MICROS, ZONED_MILLIS -> out.writeLong(number);
      case FLOAT -> out.writeFloat((float) real);
      case DOUBLE -> out.writeDouble(real);
      // A string and bytes are the same in Avro's binary form: a length, then the bytes.
      case DECIMAL, TEXT -> out.writeBytes(bytes.array(), 0, bytes.limit());
      case NONE -> throw new IllegalStateException(column + " took no value");
    }
  }
}
