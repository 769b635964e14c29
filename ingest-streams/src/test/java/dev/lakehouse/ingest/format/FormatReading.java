package dev.lakehouse.ingest.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.schema.SchemaEvolution;
import dev.lakehouse.ingest.schema.SchemaEvolution.Evolved;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * What a format makes of a whole file, read as the reader reads it.
 *
 * @param rows those that fit, as Avro has them
 * @param misfits one for each of the others
 * @param raw the bytes of each misfit
 */
public record FormatReading(
    FileProfile profile,
    Schema schema,
    List<String> fields,
    List<GenericRecord> rows,
    List<Misfit> misfits,
    List<byte[]> raw) {

  /** A file in memory. */
  public static FileSource source(byte[] bytes) {
    return new FileSource() {
      @Override
      public String name() {
        return "file";
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  /** Reads a text of UTF-8 into a new dataset. */
  public static FormatReading of(FileFormat format, String text) throws IOException {
    return of(format, text.getBytes(UTF_8), Map.of(), Optional.empty());
  }

  /** Reads a file into a dataset that has the schema, or none yet. */
  public static FormatReading of(
      FileFormat format, byte[] file, Map<String, String> options, Optional<Schema> existing)
      throws IOException {
    FileSource source = source(file);
    FileProfile profile = format.profile(source, options);
    Evolved evolved = SchemaEvolution.evolve("rows", existing, profile.columns());
    List<GenericRecord> rows = new ArrayList<>();
    List<Misfit> misfits = new ArrayList<>();
    List<byte[]> raw = new ArrayList<>();
    try (RowStream stream =
        format.open(source, profile.dialect(), evolved.schema(), evolved.fields())) {
      while (stream.next()) {
        Optional<Misfit> misfit = stream.fit();
        if (misfit.isPresent()) {
          misfits.add(misfit.get());
          raw.add(stream.raw());
        } else {
          rows.add(written(stream, evolved.schema()));
        }
      }
    }
    return new FormatReading(profile, evolved.schema(), evolved.fields(), rows, misfits, raw);
  }

  private static GenericRecord written(RowStream stream, Schema schema) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    stream.write(encoder);
    encoder.flush();
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null);
    GenericRecord row = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
    if (!decoder.isEnd()) {
      throw new IOException("bytes are left over behind a row");
    }
    return row;
  }

  /** The columns' names and types, as {@code name type}, with {@code ?} where some value lacks. */
  public List<String> columns() {
    return profile.columns().stream()
        .map(column -> column.name() + " " + type(column.type()) + (column.mayBeNull() ? "?" : ""))
        .toList();
  }

  private static String type(Schema type) {
    if (type.getType() == Schema.Type.ARRAY) {
      return "list(" + type(SchemaEvolution.valueType(type.getElementType())) + ")";
    }
    String name = type.getType().getName();
    if (type.getLogicalType() == null) {
      return name;
    }
    Object precision = type.getObjectProp("precision");
    return type.getLogicalType().getName()
        + (precision == null ? "" : "(" + precision + "," + type.getObjectProp("scale") + ")");
  }

  /** The values of a column, as Avro prints them. */
  public List<String> values(String column) {
    Map<String, String> fieldOf = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      fieldOf.put(profile.columns().get(i).name(), fields.get(i));
    }
    String field = fieldOf.getOrDefault(column, column);
    return rows.stream().map(row -> String.valueOf(row.get(field))).toList();
  }
}
