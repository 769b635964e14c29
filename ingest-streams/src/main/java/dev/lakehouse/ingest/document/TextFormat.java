package dev.lakehouse.ingest.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.ingest.document.DocumentRow.About;
import dev.lakehouse.ingest.format.FileFormat;
import dev.lakehouse.ingest.format.FileProfile;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.Languages;
import dev.lakehouse.ingest.format.Misfit;
import dev.lakehouse.ingest.format.PageText;
import dev.lakehouse.ingest.format.PlainRow;
import dev.lakehouse.ingest.format.RowStream;
import dev.lakehouse.ingest.format.TextEncoding;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/** Plain text: a row for each page of it; short texts are one page. */
public final class TextFormat implements FileFormat {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENCODING = "encoding";

  /** How a text is read. */
  record Dialect(TextEncoding encoding, int pages) {}

  @Override
  public String name() {
    return "text";
  }

  @Override
  public Set<String> options() {
    return Set.of(ENCODING);
  }

  @Override
  public void check(Map<String, String> options) {
    encoding(options);
  }

  private static Optional<Charset> encoding(Map<String, String> options) {
    String said = options.get(ENCODING);
    try {
      return said == null ? Optional.empty() : Optional.of(Charset.forName(said));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "encoding is '" + said + "', which is not known; UTF-8 and windows-1252 are, say", e);
    }
  }

  @Override
  public Optional<String> dataset() {
    return Optional.of(PdfFormat.DATASET);
  }

  @Override
  public List<String> textColumns() {
    return List.of("text");
  }

  @Override
  public FileProfile profile(FileSource source, Map<String, String> options) throws IOException {
    TextEncoding encoding = TextEncoding.of(source, encoding(options));
    int pages = 0;
    try (TextPages text = new TextPages(encoding.open(source))) {
      for (Optional<String> page = text.next(); page.isPresent(); page = text.next()) {
        pages++;
        if (page.get().indexOf('\0') >= 0) {
          throw new UnreadableFileException(
              "not_text",
              "'" + source.name() + "' is no text: its page " + pages + " holds zeros",
              "say the option encoding if it is unusual, or format if it is of another");
        }
      }
    }
    try {
      return new FileProfile(
          JSON.writeValueAsString(new Dialect(encoding, pages)), DocumentRow.columns(), pages);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record can be written as JSON", e);
    }
  }

  @Override
  public RowStream open(FileSource source, String dialect, Schema schema, List<String> fields)
      throws IOException {
    Dialect decided = JSON.readValue(dialect, Dialect.class);
    return new Rows(
        source.name(),
        decided.pages,
        new TextPages(decided.encoding.open(source)),
        new PlainRow(schema, fields));
  }

  private static final class Rows implements RowStream {
    private final String name;
    private final int pages;
    private final TextPages text;
    private final PlainRow record;
    private int page;
    private Optional<String> current = Optional.empty();
    private Optional<DocumentRow> row = Optional.empty();

    Rows(String name, int pages, TextPages text, PlainRow record) {
      this.name = name;
      this.pages = pages;
      this.text = text;
      this.record = record;
    }

    @Override
    public boolean next() throws IOException {
      row = Optional.empty();
      current = text.next();
      page++;
      return current.isPresent();
    }

    @Override
    public Optional<Misfit> fit() {
      String whole = current.orElse("");
      DocumentRow read =
          new DocumentRow(
              name, page, pages, whole, Languages.of(whole), "none", null, About.NOTHING);
      Optional<Misfit> misfit = record.take(read.values(), "page " + page);
      row = misfit.isPresent() ? Optional.empty() : Optional.of(read);
      return misfit;
    }

    @Override
    public void write(Encoder out) throws IOException {
      record.write(out);
    }

    @Override
    public byte[] raw() {
      return current.orElse("").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<PageText> text() {
      return row.flatMap(DocumentRow::pageText);
    }

    @Override
    public void close() throws IOException {
      text.close();
    }
  }
}
