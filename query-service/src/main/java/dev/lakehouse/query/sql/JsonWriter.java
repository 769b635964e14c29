package dev.lakehouse.query.sql;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.query.engine.Rows;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.http.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object: columns, rows, stats, receipt. An answer that fails on its way has the member
 * {@code error} in place of stats and receipt.
 */
final class JsonWriter implements ResultWriter {
  private static final ObjectMapper JSON = LakehouseServer.json();

  private final JsonGenerator out;
  private final JsonValues values;

  JsonWriter(OutputStream stream) throws IOException {
    out = JSON.createGenerator(stream);
    values = new JsonValues(out, true);
  }

  @Override
  public void begin(List<Rows.Column> columns) throws IOException {
    out.writeStartObject();
    out.writePOJOField("columns", columns);
    out.writeArrayFieldStart("rows");
  }

  @Override
  public void row(@Nullable Object[] row) throws IOException {
    out.writeStartArray();
    for (Object value : row) {
      values.write(value);
    }
    out.writeEndArray();
  }

  @Override
  public void end(Stats stats, Receipt receipt) throws IOException {
    out.writeEndArray();
    out.writePOJOField("stats", stats);
    out.writePOJOField("receipt", receipt);
    out.writeEndObject();
  }

  @Override
  public void fail(Problem problem) throws IOException {
    out.writeEndArray();
    out.writePOJOField("error", problem);
    out.writeEndObject();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
