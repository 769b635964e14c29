package dev.lakehouse.jobs.convert;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of one Avro schema into rows of one table schema. For one thread. */
public final class RowReader {
  private final StructReader columns;
  private final @Nullable Row reused;
  private @Nullable BinaryDecoder decoder;

  private RowReader(StructReader columns, @Nullable Row reused) {
    this.columns = columns;
    this.reused = reused;
  }

  /**
   * Compiles a reader.
   *
   * @param schema what the records were written with
   * @param table a struct that the schema's columns fit into ({@link SchemaFit})
   * @param reserved column names that are taken already
   * @param reuse whether the row and its buffers are used again, so that a row is valid only until
   *     the next is read
   */
  public static RowReader compile(
      Schema schema, Types.StructType table, Set<String> reserved, boolean reuse)
      throws MisfitException {
    StructReader columns = StructReader.of(schema, table, reserved, reuse);
    return new RowReader(columns, reuse ? new Row(table.fields().size()) : null);
  }

  /**
   * Reads one record.
   *
   * @param from where the Avro body starts
   * @throws IOException if the bytes are not a record of the schema
   * @throws MisfitException if the table cannot hold one of its values
   */
  public Row read(byte[] bytes, int from) throws IOException, MisfitException {
    decoder = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, decoder);
    Row row = reused == null ? new Row(columns.size) : reused;
    columns.readInto(row, decoder);
    if (!decoder.isEnd()) {
      throw new IOException("bytes are left over behind the record");
    }
    return row;
  }

  /** Reads a record's fields into their places of a struct. */
  static final class StructReader implements ValueReader {
    private final List<ValueReader> readers;
    private final int[] positions;
    private final List<String> names;
    private final int size;

    private StructReader(List<ValueReader> readers, int[] positions, List<String> names, int size) {
      this.readers = readers;
      this.positions = positions;
      this.names = names;
      this.size = size;
    }

    static StructReader of(
        Schema schema, Types.StructType table, Set<String> reserved, boolean reuse)
        throws MisfitException {
      List<String> names = AvroColumns.names(schema, reserved);
      ValueReader[] readers = new ValueReader[names.size()];
      int[] positions = new int[names.size()];
      for (int i = 0; i < readers.length; i++) {
        Schema field = schema.getFields().get(i).schema();
        NestedField column = SchemaFit.find(table, names.get(i));
        positions[i] = column == null ? -1 : table.fields().indexOf(column);
        readers[i] = ValueReaders.of(field, column == null ? null : column.type(), reuse);
      }
      return new StructReader(List.of(readers), positions, names, table.fields().size());
    }

    void readInto(Row row, BinaryDecoder in) throws IOException, MisfitException {
      for (int i = 0; i < positions.length; i++) {
        try {
          Object value = readers.get(i).read(in);
          if (positions[i] >= 0) {
            row.set(positions[i], value);
          }
        } catch (MisfitException e) {
          throw new MisfitException("column '" + names.get(i) + "': " + e.getMessage());
        }
      }
    }

    @Override
    public Row read(BinaryDecoder in) throws IOException, MisfitException {
      Row row = new Row(size);
      readInto(row, in);
      return row;
    }
  }
}
