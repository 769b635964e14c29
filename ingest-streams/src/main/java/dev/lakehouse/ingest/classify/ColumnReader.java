package dev.lakehouse.ingest.classify;

import dev.lakehouse.schemas.name.ColumnNames;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Takes records of one schema apart into the texts of their primitive leaves, each under the path
 * that the table's column has. For one thread.
 */
final class ColumnReader {
  private interface Leaves {
    void read(Object value, BiConsumer<String, String> out);
  }

  private final GenericDatumReader<IndexedRecord> reader;
  private final Leaves leaves;
  private final Set<String> paths = new LinkedHashSet<>();
  private @Nullable BinaryDecoder decoder;

  /**
   * @param reserved names that no column of the table can have
   */
  ColumnReader(Schema schema, Set<String> reserved) {
    this.reader = new GenericDatumReader<>(schema);
    this.leaves = record(schema, "", reserved, new HashSet<>());
  }

  /** The paths of all leaves. */
  Set<String> paths() {
    return paths;
  }

  /** Hands out each leaf that is not null. */
  void read(byte[] value, int offset, BiConsumer<String, String> out) throws IOException {
    decoder = DecoderFactory.get().binaryDecoder(value, offset, value.length - offset, decoder);
    leaves.read(reader.read(null, decoder), out);
  }

  private Leaves record(Schema schema, String prefix, Set<String> reserved, Set<String> open) {
    if (!open.add(schema.getFullName())) {
      return (value, out) -> {};
    }
    List<String> wished = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      String own = field.getProp(ColumnNames.PROPERTY);
      wished.add(own == null ? field.name() : own);
    }
    List<String> names = ColumnNames.unique(wished, reserved);
    List<Leaves> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(of(schema.getFields().get(i).schema(), prefix + names.get(i), open));
    }
    open.remove(schema.getFullName());
    return (value, out) -> {
      IndexedRecord record = (IndexedRecord) value;
      for (int i = 0; i < fields.size(); i++) {
        Object field = record.get(i);
        if (field != null) {
          fields.get(i).read(field, out);
        }
      }
    };
  }

  private Leaves of(Schema schema, String path, Set<String> open) {
    switch (schema.getType()) {
      case UNION -> {
        List<Schema> some =
            schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
        return some.size() == 1 ? of(some.get(0), path, open) : leaf(path, Object::toString);
      }
      case RECORD -> {
        return record(schema, path + ".", Set.of(), open);
      }
      case ARRAY -> {
        Leaves element = of(schema.getElementType(), path + ".element", open);
        return (value, out) -> {
          for (Object each : (Iterable<?>) value) {
            if (each != null) {
              element.read(each, out);
            }
          }
        };
      }
      case MAP -> {
        Leaves key = leaf(path + ".key", Object::toString);
        Leaves each = of(schema.getValueType(), path + ".value", open);
        return (value, out) ->
            ((Map<?, ?>) value)
                .forEach(
                    (k, v) -> {
                      key.read(k, out);
                      if (v != null) {
                        each.read(v, out);
                      }
                    });
      }
      default -> {
        return leaf(path, text(schema));
      }
    }
  }

  private Leaves leaf(String path, Function<Object, String> text) {
    paths.add(path);
    return (value, out) -> out.accept(path, text.apply(value));
  }

  private static Function<Object, String> text(Schema schema) {
    String logical = schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
    return switch (schema.getType()) {
      case INT ->
          logical.equals("date")
              ? value -> LocalDate.ofEpochDay((Integer) value).toString()
              : Object::toString;
      case LONG ->
          switch (logical) {
            case "timestamp-millis", "local-timestamp-millis" ->
                value -> Instant.ofEpochMilli((Long) value).toString();
            case "timestamp-micros", "local-timestamp-micros" ->
                value -> LeafText.seconds((Long) value / 1_000_000);
            default -> Object::toString;
          };
      case FLOAT, DOUBLE -> value -> LeafText.number(((Number) value).doubleValue(), value);
      case BYTES, FIXED -> {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
          yield value ->
              new BigDecimal(new BigInteger(bytes(value)), decimal.getScale()).toPlainString();
        }
        yield value -> LeafText.utf8(ByteBuffer.wrap(bytes(value)));
      }
      default -> Object::toString;
    };
  }

  private static byte[] bytes(Object value) {
    if (value instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** A cache of readers by schema id, for one thread. */
  static final class Cache {
    private final Function<Integer, Schema> schemas;
    private final Set<String> reserved;
    private final Map<Integer, ColumnReader> readers = new HashMap<>();

    Cache(Function<Integer, Schema> schemas, Set<String> reserved) {
      this.schemas = schemas;
      this.reserved = reserved;
    }

    ColumnReader of(int id) {
      ColumnReader reader = readers.get(id);
      if (reader == null) {
        Schema schema = schemas.apply(id);
        reader =
            new ColumnReader(schema, schema.getType() == Schema.Type.RECORD ? reserved : Set.of());
        readers.put(id, reader);
      }
      return reader;
    }
  }
}
