package dev.lakehouse.jobs.convert;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.util.Utf8;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The reader of each Avro type into each column type that it fits. */
final class ValueReaders {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private ValueReaders() {}

  /**
   * The reader of a field.
   *
   * @param column the column's type, or null if the value goes nowhere
   * @param reuse whether one buffer may serve every value, since each is used before the next
   */
  static ValueReader of(Schema schema, @Nullable Type column, boolean reuse)
      throws MisfitException {
    if (schema.getType() != Schema.Type.UNION) {
      return present(schema, column, reuse);
    }
    List<ValueReader> branches = new ArrayList<>();
    for (Schema branch : schema.getTypes()) {
      branches.add(present(branch, column, reuse));
    }
    ValueReader[] readers = branches.toArray(ValueReader[]::new);
    return in -> {
      int branch = in.readIndex();
      if (branch < 0 || branch >= readers.length) {
        throw new IOException("a union of " + readers.length + " types has no type " + branch);
      }
      return readers[branch].read(in);
    };
  }

  private static ValueReader present(Schema schema, @Nullable Type column, boolean reuse)
      throws MisfitException {
    return switch (schema.getType()) {
      case NULL ->
          in -> {
            in.readNull();
            return null;
          };
      case BOOLEAN -> BinaryDecoder::readBoolean;
      case INT -> ints(schema, column);
      case LONG -> longs(schema);
      case FLOAT ->
          is(column, Type.TypeID.DOUBLE) ? in -> (double) in.readFloat() : BinaryDecoder::readFloat;
      case DOUBLE -> BinaryDecoder::readDouble;
      case STRING ->
          is(column, Type.TypeID.UUID) ? ValueReaders::uuidOfText : new TextReader(reuse);
      case ENUM -> symbols(schema);
      case BYTES ->
          schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
              ? decimals(decimal, in -> bytes(in.readBytes(null)))
              : in -> in.readBytes(null);
      case FIXED -> fixed(schema);
      case ARRAY -> list(schema, column);
      case MAP -> map(schema, column);
      case RECORD ->
          RowReader.StructReader.of(
              schema,
              column == null ? Types.StructType.of() : column.asStructType(),
              Set.of(),
              reuse);
      case UNION -> throw new MisfitException("a union within a union has no column type");
    };
  }

  private static boolean is(@Nullable Type column, Type.TypeID id) {
    return column != null && column.typeId() == id;
  }

  private static ValueReader ints(Schema schema, @Nullable Type column) {
    if (AvroColumns.logical(schema).equals("time-millis")) {
      return in -> timeOfDay(in.readInt() * 1000L);
    }
    return is(column, Type.TypeID.LONG) ? in -> (long) in.readInt() : BinaryDecoder::readInt;
  }

  private static ValueReader longs(Schema schema) {
    return switch (AvroColumns.logical(schema)) {
      case "time-micros" -> in -> timeOfDay(in.readLong());
      case "timestamp-millis", "local-timestamp-millis" -> in -> microsOfMillis(in.readLong());
      case "timestamp-nanos", "local-timestamp-nanos" -> in -> microsOfNanos(in.readLong());
      default -> BinaryDecoder::readLong;
    };
  }

  private static long timeOfDay(long micros) throws MisfitException {
    if (micros < 0 || micros >= MICROS_PER_DAY) {
      throw new MisfitException(micros + " microseconds are no time of day");
    }
    return micros;
  }

  private static long microsOfMillis(long millis) throws MisfitException {
    try {
      return Math.multiplyExact(millis, 1000L);
    } catch (ArithmeticException e) {
      throw new MisfitException(millis + " milliseconds are beyond what a timestamp can hold");
    }
  }

  private static long microsOfNanos(long nanos) throws MisfitException {
    if (nanos % 1000 != 0) {
      throw new MisfitException(
          nanos + " nanoseconds are finer than the microseconds a timestamp can hold");
    }
    return nanos / 1000;
  }

  private static UUID uuidOfText(BinaryDecoder in) throws IOException, MisfitException {
    String text = in.readString();
    try {
      UUID uuid = UUID.fromString(text);
      if (uuid.toString().equalsIgnoreCase(text)) {
        return uuid;
      }
    } catch (IllegalArgumentException notOne) {
      throw new MisfitException("'" + text + "' is no UUID");
    }
    throw new MisfitException("'" + text + "' is no UUID");
  }

  private static ValueReader symbols(Schema schema) {
    Utf8[] symbols = schema.getEnumSymbols().stream().map(Utf8::new).toArray(Utf8[]::new);
    return in -> {
      int symbol = in.readEnum();
      if (symbol < 0 || symbol >= symbols.length) {
        throw new IOException("an enum of " + symbols.length + " symbols has no symbol " + symbol);
      }
      return symbols[symbol];
    };
  }

  private static ValueReader fixed(Schema schema) {
    int size = schema.getFixedSize();
    BytesReader bytes =
        in -> {
          byte[] read = new byte[size];
          in.readFixed(read);
          return read;
        };
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return decimals(decimal, bytes);
    } else if (AvroColumns.logical(schema).equals("uuid")) {
      return in -> {
        ByteBuffer read = ByteBuffer.wrap(bytes.read(in));
        return new UUID(read.getLong(), read.getLong());
      };
    }
    return in -> ByteBuffer.wrap(bytes.read(in));
  }

  private interface BytesReader {
    byte[] read(BinaryDecoder in) throws IOException, MisfitException;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static ValueReader decimals(LogicalTypes.Decimal type, BytesReader unscaled) {
    return in -> {
      byte[] read = unscaled.read(in);
      if (read.length == 0) {
        throw new IOException("a decimal has no digits");
      }
      BigDecimal value = new BigDecimal(new BigInteger(read), type.getScale());
      if (value.precision() > type.getPrecision()) {
        throw new MisfitException(
            "a number has more than the " + type.getPrecision() + " digits of its type");
      }
      return value;
    };
  }

  private static ValueReader list(Schema schema, @Nullable Type column) throws MisfitException {
    ValueReader element =
        of(
            schema.getElementType(),
            column == null ? null : column.asListType().elementType(),
            false);
    return in -> {
      List<@Nullable Object> values = new ArrayList<>();
      for (long block = in.readArrayStart(); block > 0; block = in.arrayNext()) {
        for (long i = 0; i < block; i++) {
          values.add(element.read(in));
        }
      }
      return values;
    };
  }

  private static ValueReader map(Schema schema, @Nullable Type column) throws MisfitException {
    ValueReader key = new TextReader(false);
    ValueReader value =
        of(schema.getValueType(), column == null ? null : column.asMapType().valueType(), false);
    return in -> {
      Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
      for (long block = in.readMapStart(); block > 0; block = in.mapNext()) {
        for (long i = 0; i < block; i++) {
          values.put(key.read(in), value.read(in));
        }
      }
      return values;
    };
  }
}
