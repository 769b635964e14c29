package dev.lakehouse.schemas.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * The Confluent wire format: magic byte 0, the schema id as a big-endian 4-byte integer, then plain
 * Avro binary.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">the
 *     format</a>
 */
public final class ConfluentWire {
  /** Bytes before the Avro body. */
  public static final int HEADER_BYTES = 5;

  private static final byte MAGIC = 0;

  private ConfluentWire() {}

  /** The schema id of a framed value, or empty if the bytes are not in this format. */
  public static OptionalInt schemaId(byte[] value) {
    return schemaId(value, 0, value.length);
  }

  /** As {@link #schemaId(byte[])}, of a value that lies between two places. */
  public static OptionalInt schemaId(byte[] bytes, int from, int to) {
    return to - from < HEADER_BYTES || bytes[from] != MAGIC
        ? OptionalInt.empty()
        : OptionalInt.of(ByteBuffer.wrap(bytes).getInt(from + 1));
  }

  /** Frames many values of one schema; reuses its buffers, so one thread at a time. */
  public static final class Writer<T> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final byte[] header;
    private final DatumWriter<T> datum;
    private @Nullable BinaryEncoder encoder;

    /** A writer of generic records of the schema. */
    public static Writer<Object> generic(int schemaId, org.apache.avro.Schema schema) {
      return new Writer<>(schemaId, new GenericDatumWriter<>(schema));
    }

    /** A writer with the given datum writer, whose schema must be the one of the id. */
    public Writer(int schemaId, DatumWriter<T> datum) {
      this.header = ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(schemaId).array();
      this.datum = datum;
    }

    /** The framed value. */
    public byte[] write(T value) {
      bytes.reset();
      bytes.write(header, 0, HEADER_BYTES);
      try {
        encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
        datum.write(value, encoder);
        encoder.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }
  }
}
