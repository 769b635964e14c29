package dev.lakehouse.ingest.document;

import dev.lakehouse.ingest.format.FileFormat;
import dev.lakehouse.ingest.format.FileProfile;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.Misfit;
import dev.lakehouse.ingest.format.PageText;
import dev.lakehouse.ingest.format.RowStream;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import dev.lakehouse.ingest.schema.SchemaEvolution.Evolved;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * A whole file read by one format as the reader would.
 *
 * @param rows those that fit, column → value
 * @param misfits those that do not
 * @param raw what is kept of the misfits
 */
public record Reading(
    FileProfile profile,
    List<Map<String, Object>> rows,
    List<PageText> texts,
    List<Misfit> misfits,
    List<byte[]> raw) {

  public static Reading of(FileFormat format, String name, byte[] file) {
    return of(format, name, file, Map.of(), 0);
  }

  /**
   * Reads the file.
   *
   * @param skip how many rows are passed by first, as when a reading is resumed
   */
  public static Reading of(
      FileFormat format, String name, byte[] file, Map<String, String> options, long skip) {
    FileSource source =
        new FileSource() {
          @Override
          public String name() {
            return name;
          }

          @Override
          public InputStream open() {
            return new ByteArrayInputStream(file);
          }
        };
    try {
      FileProfile profile = format.profile(source, options);
      Evolved evolved = SchemaEvolution.evolve("x", Optional.empty(), profile.columns());
      Reading reading =
          new Reading(
              profile, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      try (RowStream rows =
          format.open(source, profile.dialect(), evolved.schema(), evolved.fields())) {
        for (long skipped = 0; skipped < skip && rows.next(); skipped++) {}
        while (rows.next()) {
          reading.take(rows, evolved.schema());
        }
      }
      return reading;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(RowStream row, Schema schema) throws IOException {
    Optional<Misfit> misfit = row.fit();
    if (misfit.isPresent()) {
      misfits.add(misfit.get());
      raw.add(row.raw());
      return;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    row.write(encoder);
    encoder.flush();
    GenericRecord record =
        new GenericDatumReader<GenericRecord>(schema)
            .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    Map<String, Object> values = new HashMap<>();
    schema
        .getFields()
        .forEach(
            field -> {
              Object value = record.get(field.pos());
              if (value != null) {
                values.put(
                    SchemaEvolution.columnName(field),
                    value instanceof CharSequence text ? text.toString() : value);
              }
            });
    rows.add(values);
    row.text().ifPresent(texts::add);
  }

  public String text(int row) {
    return String.valueOf(rows.get(row).get("text"));
  }

  public List<Object> column(String name) {
    List<Object> values = new ArrayList<>();
    rows.forEach(row -> values.add(row.getOrDefault(name, "")));
    return values;
  }
}
