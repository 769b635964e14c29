package dev.lakehouse.jobs.land;

import dev.lakehouse.jobs.convert.MisfitException;
import dev.lakehouse.jobs.convert.Row;
import dev.lakehouse.jobs.convert.RowReader;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Reads a topic's values, or its keys, as rows of one table; remembers what each schema id comes
 * to. For one thread.
 */
final class Readings {
  /** Makes a reader of what was written with a schema. */
  interface Compiler {
    /**
     * Compiles it.
     *
     * @throws MisfitException if the table cannot take what the schema brings
     */
    RowReader compile(Schema schema) throws MisfitException, IOException, StoppedException;
  }

  private final SchemaRegistry registry;
  private final Compiler compiler;
  private final Map<Integer, RowReader> readers = new HashMap<>();
  private final Map<Integer, RefusedException> refused = new HashMap<>();

  Readings(SchemaRegistry registry, Compiler compiler) {
    this.registry = registry;
    this.compiler = compiler;
  }

  /**
   * The row of framed bytes.
   *
   * @throws RefusedException if they are not in the wire format, not of their schema, or of none
   *     that the table can take
   * @throws RegistryException if the registry failed
   */
  Row read(byte[] bytes) throws RefusedException, IOException, StoppedException {
    OptionalInt id = ConfluentWire.schemaId(bytes);
    if (id.isEmpty()) {
      throw new RefusedException(
          "not_avro", "the value does not start like Avro in the Confluent wire format");
    }
    RowReader reader = reader(id.getAsInt());
    try {
      return reader.read(bytes, ConfluentWire.HEADER_BYTES);
    } catch (MisfitException e) {
      throw new RefusedException("incompatible", String.valueOf(e.getMessage()));
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | UnsupportedOperationException e) {
      throw new RefusedException("not_avro", "the value is not of its schema: " + e.getMessage());
    }
  }

  /** The table's schema is another: readers are compiled anew. */
  void clear() {
    readers.clear();
  }

  private RowReader reader(int id) throws RefusedException, IOException, StoppedException {
    RowReader reader = readers.get(id);
    if (reader != null) {
      return reader;
    }
    RefusedException why = refused.get(id);
    if (why != null) {
      throw why;
    }
    Schema schema = schema(id);
    try {
      reader = compiler.compile(schema);
    } catch (MisfitException e) {
      why = new RefusedException("incompatible", String.valueOf(e.getMessage()));
      refused.put(id, why);
      throw why;
    }
    readers.put(id, reader);
    return reader;
  }

  private Schema schema(int id) throws RefusedException, StoppedException {
    try {
      return registry.byId(id);
    } catch (RegistryException.UnknownSchema e) {
      throw new RefusedException("unknown_schema", String.valueOf(e.getMessage()));
    } catch (RegistryException.Refused e) {
      throw new StoppedException(
          "table_refuses", "the registry refuses schema " + id + ": " + e.getMessage());
    } catch (AvroRuntimeException e) {
      throw new RefusedException(
          "unknown_schema", "schema " + id + " is no Avro schema: " + e.getMessage());
    }
  }
}
