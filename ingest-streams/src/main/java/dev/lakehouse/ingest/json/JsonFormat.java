package dev.lakehouse.ingest.json;

import com.fasterxml.jackson.core.JsonFactory;
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

/** JSON in all the ways in which files hold records. */
public final class JsonFormat implements FileFormat {
  /** The option that says where the records are: a JSON Pointer (RFC 6901). */
  static final String RECORDS = "records";

  @Override
  public String name() {
    return "json";
  }

  @Override
  public Set<String> options() {
    return Set.of(RECORDS);
  }

  @Override
  public void check(Map<String, String> options) {
    Pointer.steps(options.getOrDefault(RECORDS, ""));
  }

  @Override
  public FileProfile profile(FileSource source, Map<String, String> options) throws IOException {
    return JsonProfiler.profile(source, options);
  }

  @Override
  public RowStream open(FileSource source, String dialect, Schema schema, List<String> fields)
      throws IOException {
    JsonDialect plan = JsonDialect.parse(dialect);
    JsonFactory factory = JsonParsers.factory();
    Flattener flattener = new Flattener(factory, new PathTree(plan.places(), plan.opaque()));
    return new JsonRowStream(
        open(source, plan, factory, flattener),
        flattener.cells(),
        new RowEncoder(schema, fields, plan.columns()));
  }

  @Override
  public Optional<RowStream> openRow(
      FileSource raw, String dialect, Schema schema, List<String> fields) throws IOException {
    JsonDialect plan = JsonDialect.parse(dialect);
    JsonFactory factory = JsonParsers.factory();
    Flattener flattener = new Flattener(factory, new PathTree(plan.places(), plan.opaque()));
    return Optional.of(
        new JsonRowStream(
            plan.lines()
                ? new LineRecords(raw, factory, flattener)
                : new DocumentRecords(raw, "", factory, flattener),
            flattener.cells(),
            new RowEncoder(schema, fields, plan.columns())));
  }

  static Records open(
      FileSource source, JsonDialect dialect, JsonFactory factory, Flattener flattener)
      throws IOException {
    return dialect.lines()
        ? new LineRecords(source, factory, flattener)
        : new DocumentRecords(source, dialect.records(), factory, flattener);
  }
}
