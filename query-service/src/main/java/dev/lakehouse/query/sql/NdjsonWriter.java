package dev.lakehouse.query.sql;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.query.engine.Rows;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.http.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object a row, numbers native. An answer that fails on its way ends with a line whose only
 * member is {@code error}.
 */
final class NdjsonWriter implements ResultWriter {
  private static final ObjectMapper JSON = LakehouseServer.json();

  private final JsonGenerator out;
  private final JsonValues values;
  private List<Rows.Column> columns = List.of();

  NdjsonWriter(OutputStream stream) throws IOException {
    out = JSON.createGenerator(stream);
    out.setRootValueSeparator(null);
    values = new JsonValues(out, false);
  }

  @Override
  public void begin(List<Rows.Column> all) {
    columns = all;
  }

  @Override
  public void row(@Nullable Object[] row) throws IOException {
    out.writeStartObject();
    for (int i = 0; i < row.length; i++) {
      out.writeFieldName(columns.get(i).name());
      values.write(row[i]);
    }
    out.writeEndObject();
    out.writeRaw('\n');
  }

  @Override
  public void end(Stats stats, Receipt receipt) {}

  @Override
  public void fail(Problem problem) throws IOException {
    out.writePOJO(Map.of("error", problem));
    out.writeRaw('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
