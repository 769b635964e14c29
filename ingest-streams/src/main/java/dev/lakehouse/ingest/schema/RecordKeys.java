package dev.lakehouse.ingest.schema;

import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.registry.SchemaRegistry.Registered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the Kafka keys of a dataset's records are: a record of exactly the key columns, in the
 * Confluent wire format. Equal keys are equal bytes, so that the broker's clients put them into one
 * partition.
 *
 * @param columns the key columns; none if the dataset is append-only
 * @param schemaId the registry's id of the keys' schema
 */
public record RecordKeys(List<String> columns, int schemaId, Schema schema) {
  /** Records without keys. */
  public static final RecordKeys NONE =
      new RecordKeys(List.of(), 0, Schema.create(Schema.Type.NULL));

  public RecordKeys {
    columns = List.copyOf(columns);
  }

  /** A row has no value for a key column; the message names it. */
  public static final class MissingKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    MissingKeyException(String column) {
      super("the key column '" + column + "' has no value");
    }
  }

  /**
   * The keys of a dataset: what its producers registered, where that is a record of the key
   * columns, else what is registered here.
   *
   * @param value the schema of its values, which has the key columns
   * @throws RegistryException.Incompatible if the subject has another schema and its rule refuses
   *     this one
   */
  public static RecordKeys of(
      SchemaRegistry registry, String subject, List<String> columns, Schema value) {
    Schema wanted = schema(columns, value);
    Optional<Registered> has = registry.latest(subject).filter(was -> same(was.schema(), wanted));
    return has.map(was -> new RecordKeys(columns, was.id(), was.schema()))
        .orElseGet(() -> new RecordKeys(columns, registry.register(subject, wanted), wanted));
  }

  /** The schema of the keys of values of a schema. */
  public static Schema schema(List<String> columns, Schema value) {
    Schema key = Schema.createRecord(value.getName() + "_key", null, value.getNamespace(), false);
    List<Schema.Field> fields = new ArrayList<>();
    for (String column : columns) {
      Schema.Field of = field(value, column);
      Schema.Field field =
          new Schema.Field(of.name(), SchemaEvolution.valueType(of.schema()), null, null);
      field.addAllProps(of);
      fields.add(field);
    }
    key.setFields(fields);
    return key;
  }

  private static boolean same(Schema had, Schema wanted) {
    return had.getType() == Schema.Type.RECORD && types(had).equals(types(wanted));
  }

  private static Map<String, Schema> types(Schema record) {
    Map<String, Schema> types = new HashMap<>();
    for (Schema.Field field : record.getFields()) {
      types.put(
          SchemaEvolution.columnName(field).toLowerCase(Locale.ROOT),
          SchemaEvolution.valueType(field.schema()));
    }
    return types;
  }

  private static Schema.Field field(Schema record, String column) {
    return find(record, column)
        .orElseThrow(
            () -> new IllegalStateException("the schema has no key column '" + column + "'"));
  }

  private static Optional<Schema.Field> find(Schema record, String column) {
    return record.getFields().stream()
        .filter(field -> SchemaEvolution.columnName(field).equalsIgnoreCase(column))
        .findFirst();
  }

  /**
   * Returns if values of this schema have all key columns.
   *
   * @throws MissingKeyException if not, naming the first that is not there
   */
  public void check(Schema value) throws MissingKeyException {
    for (String column : columns) {
      if (find(value, column).isEmpty()) {
        throw new MissingKeyException(column);
      }
    }
  }

  /** Whether the dataset's records have keys. */
  public boolean isKeyed() {
    return !columns.isEmpty();
  }

  /** The operation header of its rows. */
  public String operation() {
    return isKeyed() ? "upsert" : "insert";
  }

  /** Makes the keys of values of this schema. */
  public Maker maker(Schema value) {
    return new Maker(this, value);
  }

  /** Makes keys out of framed values; for one thread. */
  public static final class Maker {
    private final RecordKeys keys;
    private final List<Integer> positions = new ArrayList<>();
    private final @Nullable GenericDatumReader<GenericRecord> reader;
    private final ConfluentWire.Writer<Object> wire;
    private @Nullable BinaryDecoder decoder;

    Maker(RecordKeys keys, Schema value) {
      this.keys = keys;
      this.wire = ConfluentWire.Writer.generic(keys.schemaId(), keys.schema());
      this.reader = keys.isKeyed() ? new GenericDatumReader<>(value, only(value)) : null;
    }

    /** The key columns of the value's schema, with their own types; the rest is skipped. */
    private Schema only(Schema value) {
      Schema part = Schema.createRecord(value.getName(), null, value.getNamespace(), false);
      List<Schema.Field> fields = new ArrayList<>();
      for (Schema.Field key : keys.schema().getFields()) {
        Schema.Field of = field(value, SchemaEvolution.columnName(key));
        positions.add(key.pos());
        fields.add(new Schema.Field(of.name(), of.schema(), null, null));
      }
      part.setFields(fields);
      return part;
    }

    /**
     * The framed key of a framed value; null where records have none.
     *
     * @throws MissingKeyException if a key column is null
     */
    public byte @Nullable [] of(byte[] value) throws MissingKeyException {
      if (reader == null) {
        return null;
      }
      GenericRecord key = new GenericData.Record(keys.schema());
      try {
        decoder =
            DecoderFactory.get()
                .binaryDecoder(
                    value,
                    ConfluentWire.HEADER_BYTES,
                    value.length - ConfluentWire.HEADER_BYTES,
                    decoder);
        @Nullable GenericRecord none = null;
        GenericRecord row = reader.read(none, decoder);
        for (int i = 0; i < positions.size(); i++) {
          Object part = row.get(i);
          if (part == null) {
            throw new MissingKeyException(keys.columns().get(i));
          }
          key.put(positions.get(i), part);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return wire.write(key);
    }
  }
}
