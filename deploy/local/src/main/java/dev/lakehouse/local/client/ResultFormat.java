package dev.lakehouse.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an answer is printed. */
public enum ResultFormat {
  /** Aligned columns for people. */
  TABLE {
    @Override
    public void print(Answers.Result result, PrintWriter out) {
      out.print(TextTable.of(result));
      long rows = result.rows().size();
      out.println(
          "("
              + rows
              + (rows == 1 ? " row, " : " rows, ")
              + result.stats().elapsedMs()
              + " ms"
              + (result.stats().truncated() ? "; there are more" : "")
              + ")");
    }
  },
  /** RFC 4180 with a header; a null is an empty field, an empty text is {@code ""}. */
  CSV {
    @Override
    public void print(Answers.Result result, PrintWriter out) {
      StringWriter text = new StringWriter();
      try (CsvWriter writer =
          CsvWriter.builder().quoteStrategy(QuoteStrategies.EMPTY).build(text)) {
        writer.writeRecord(result.columns().stream().map(Answers.Column::name).toList());
        for (List<JsonNode> row : result.rows()) {
          writer.writeRecord(row.stream().map(ResultFormat::textOrNull).toArray(String[]::new));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      out.print(text);
    }
  },
  /** The answer's columns and rows as the API gives them. */
  JSON {
    @Override
    public void print(Answers.Result result, PrintWriter out) {
      try {
        out.println(new ObjectMapper().writeValueAsString(result));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  };

  /** Writes the answer. */
  public abstract void print(Answers.Result result, PrintWriter out);

  private static @Nullable String textOrNull(JsonNode value) {
    return value.isNull() ? null : text(value);
  }

  static String text(JsonNode value) {
    return value.isNull() ? "NULL" : value.isValueNode() ? value.asText() : value.toString();
  }
}
