package dev.lakehouse.ingest.document;

import dev.lakehouse.ingest.format.PageText;
import dev.lakehouse.ingest.schema.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One page of a document as a row; documents of every kind have the same columns.
 *
 * @param document the file's own name
 * @param page its number, from 1
 * @param pages how many the document has
 * @param language ISO 639-1 code, or the empty string
 * @param ocr {@code none}, {@code done}, or {@code needed}
 * @param sheet its paper, or null where there is none
 */
record DocumentRow(
    String document,
    int page,
    int pages,
    String text,
    String language,
    String ocr,
    @Nullable Sheet sheet,
    About about) {

  /**
   * A page's size as it is read, after its rotation.
   *
   * @param width in points, 1/72 inch
   * @param height in points
   * @param rotation in degrees, clockwise: 0, 90, 180 or 270
   */
  record Sheet(double width, double height, int rotation) {}

  /**
   * What a document says of itself.
   *
   * @param texts title, author, subject, keywords, creator, producer, as far as said
   */
  record About(Map<String, String> texts, @Nullable Instant created, @Nullable Instant modified) {
    static final About NOTHING = new About(Map.of(), null, null);
  }

  private static final List<String> ABOUT =
      List.of("title", "author", "subject", "keywords", "creator", "producer");

  /** The columns, in the order of {@link #values}. */
  static List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    Schema text = Schema.create(Schema.Type.STRING);
    Schema number = Schema.create(Schema.Type.INT);
    Schema points = Schema.create(Schema.Type.DOUBLE);
    Schema instant = LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    columns.add(column("document", text));
    columns.add(column("page", number));
    columns.add(column("pages", number));
    columns.add(column("text", text));
    columns.add(column("language", text));
    columns.add(column("ocr", text));
    columns.add(column("width", points));
    columns.add(column("height", points));
    columns.add(column("rotation", number));
    ABOUT.forEach(name -> columns.add(column(name, text)));
    columns.add(column("created", instant));
    columns.add(column("modified", instant));
    return columns;
  }

  private static Column column(String name, Schema type) {
    return new Column(name, type, true, false, 0);
  }

  List<@Nullable Object> values() {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(document);
    values.add(page);
    values.add(pages);
    values.add(text);
    values.add(language);
    values.add(ocr);
    values.add(sheet == null ? null : sheet.width);
    values.add(sheet == null ? null : sheet.height);
    values.add(sheet == null ? null : sheet.rotation);
    ABOUT.forEach(name -> values.add(about.texts.get(name)));
    values.add(about.created);
    values.add(about.modified);
    return values;
  }

  /** The text to search, or empty for a page without any. */
  Optional<PageText> pageText() {
    if (text.isBlank()) {
      return Optional.empty();
    }
    Map<String, String> metadata = new LinkedHashMap<>(about.texts);
    metadata.put("pages", Integer.toString(pages));
    return Optional.of(new PageText(page, text, language, metadata));
  }
}
