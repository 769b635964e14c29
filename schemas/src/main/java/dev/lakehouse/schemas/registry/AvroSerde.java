package dev.lakehouse.schemas.registry;

import dev.lakehouse.schemas.event.FileArrived;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes one topic's values as generated Avro classes in the Confluent wire format,
 * resolving older and newer writers' schemas. A null value stays null.
 */
public final class AvroSerde<V extends SpecificRecord> implements Serde<V> {
  static {
    trustOurs();
  }

  /**
   * Has Avro make and copy our classes in this process: it does so only of classes that it is told
   * to trust. Whoever copies records without reading or writing them calls this first.
   */
  public static void trustOurs() {
    String ours = FileArrived.class.getPackageName();
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(ours)));
  }

  private final SchemaRegistry registry;
  private final String subject;
  private final Schema readerSchema;

  public AvroSerde(SchemaRegistry registry, String subject, Class<V> type) {
    this.registry = registry;
    this.subject = subject;
    this.readerSchema = SpecificData.get().getSchema(type);
  }

  @Override
  public Serializer<V> serializer() {
    return (topic, value) -> value == null ? null : write(value);
  }

  @Override
  public Deserializer<V> deserializer() {
    return (topic, bytes) -> bytes == null ? null : read(bytes);
  }

  /** The framed bytes of a value. */
  public byte[] write(V value) {
    int id = registry.register(subject, readerSchema);
    return new ConfluentWire.Writer<V>(id, new SpecificDatumWriter<>(readerSchema)).write(value);
  }

  /**
   * The value of framed bytes.
   *
   * @throws SerializationException if the bytes are not in the wire format or not of this schema
   * @throws RegistryException if the registry does not tell the schema they were written with
   */
  public V read(byte[] bytes) {
    int id =
        ConfluentWire.schemaId(bytes)
            .orElseThrow(
                () -> new SerializationException("a value of " + subject + " is not framed"));
    SpecificDatumReader<V> reader =
        new SpecificDatumReader<>(registry.byId(id), readerSchema, SpecificData.get());
    try {
      @Nullable V none = null;
      return reader.read(
          none,
          DecoderFactory.get()
              .binaryDecoder(
                  bytes,
                  ConfluentWire.HEADER_BYTES,
                  bytes.length - ConfluentWire.HEADER_BYTES,
                  null));
    } catch (IOException | RuntimeException e) {
      throw new SerializationException("a value of " + subject + " cannot be read", e);
    }
  }
}
