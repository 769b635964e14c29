package dev.lakehouse.ingest.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.ingest.format.FileFormat;
import dev.lakehouse.ingest.format.FileProfile;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.RowStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** Delimited text: CSV, TSV and their kin. */
public final class CsvFormat implements FileFormat {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public Set<String> options() {
    return CsvOptions.NAMES;
  }

  @Override
  public void check(Map<String, String> options) {
    CsvOptions.of(options);
  }

  @Override
  public FileProfile profile(FileSource source, Map<String, String> options) throws IOException {
    FileProfiler.Profiled profiled = FileProfiler.profile(source, CsvOptions.of(options));
    return new FileProfile(write(profiled.dialect()), profiled.columns(), profiled.rows());
  }

  private static String write(Dialect dialect) {
    try {
      return JSON.writeValueAsString(dialect);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record can be written as JSON", e);
    }
  }

  @Override
  public RowStream open(FileSource source, String dialect, Schema schema, List<String> fields)
      throws IOException {
    Dialect how = JSON.readValue(dialect, Dialect.class);
    return new CsvRowStream(source, how, new RowEncoder(schema, fields, how));
  }

  @Override
  public Optional<RowStream> openRow(
      FileSource raw, String dialect, Schema schema, List<String> fields) throws IOException {
    Dialect how = JSON.readValue(dialect, Dialect.class).ofOneRow();
    return Optional.of(new CsvRowStream(raw, how, new RowEncoder(schema, fields, how)));
  }
}
