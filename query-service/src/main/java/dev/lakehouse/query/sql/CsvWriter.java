package dev.lakehouse.query.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lakehouse.query.engine.Rows;
import dev.lakehouse.schemas.http.Problem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180 with a header. Null is an empty field, the empty text is {@code ""}. An answer that
 * fails on its way ends with a line {@code #error,code,detail}.
 */
final class CsvWriter implements ResultWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private final Writer out;

  CsvWriter(OutputStream stream) {
    out = new BufferedWriter(new OutputStreamWriter(stream, UTF_8));
  }

  @Override
  public void begin(List<Rows.Column> columns) throws IOException {
    line(columns.stream().map(Rows.Column::name).toArray());
  }

  @Override
  public void row(@Nullable Object[] row) throws IOException {
    line(row);
  }

  @Override
  public void end(Stats stats, Receipt receipt) {}

  @Override
  public void fail(Problem problem) throws IOException {
    line(new Object[] {"#error", problem.code(), problem.detail()});
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void line(@Nullable Object[] values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        out.write(',');
      }
      Object value = values[i];
      if (value != null) {
        field(text(value));
      }
    }
    out.write("\r\n");
  }

  private void field(String text) throws IOException {
    boolean quote = text.isEmpty() || text.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    out.write(quote ? '"' + text.replace("\"", "\"\"") + '"' : text);
  }

  private static String text(Object value) throws IOException {
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (value instanceof List<?> || value instanceof Map<?, ?>) {
      StringWriter nested = new StringWriter();
      try (JsonGenerator json = JSON.createGenerator(nested)) {
        new JsonValues(json, false).write(value);
      }
      return nested.toString();
    }
    return JsonValues.text(value);
  }
}
