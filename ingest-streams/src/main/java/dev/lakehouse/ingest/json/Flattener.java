package dev.lakehouse.ingest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lakehouse.ingest.format.Misfit;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes cells of one value after the other: an object's fields become cells of their own, named by
 * the path to them; below {@link #DEEPEST} and in arrays objects stay JSON text.
 */
final class Flattener {
  /** As events are flattened. */
  static final int DEEPEST = 16;

  private static final int LONGEST_SHOWN = 100;
  private static final char[] NO_CHARS = new char[0];

  private final PathTree tree;
  private final CellBuffer cells = new CellBuffer();
  private final JsonFactory factory;
  private JsonGenerator json;
  private @Nullable Misfit problem;
  private long record;

  Flattener(JsonFactory factory, PathTree tree) throws IOException {
    this.tree = tree;
    this.factory = factory;
    this.json = factory.createGenerator(cells.writer(JsonParsers.LONGEST));
  }

  CellBuffer cells() {
    return cells;
  }

  /** Whether the record that was read last has the place, if only without a value. */
  boolean found(PathNode node) {
    return node.depth() == 0 || node.seen() == record;
  }

  /**
   * Reads the value that the parser stands on, to its end.
   *
   * @param firstLine the number of the parser's first line in the file
   * @return what is wrong with the record, though it is JSON
   */
  Optional<Misfit> read(JsonParser parser, long firstLine) throws IOException {
    cells.clear();
    record++;
    problem = null;
    value(parser, tree.root(), firstLine);
    if (cells.length() > JsonParsers.LONGEST) {
      tooLarge(parser, firstLine);
    }
    return Optional.ofNullable(problem);
  }

  private void value(JsonParser parser, PathNode node, long firstLine) throws IOException {
    if (cells.length() > JsonParsers.LONGEST) {
      tooLarge(parser, firstLine);
      parser.skipChildren();
      return;
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      if (node.opaque() || node.depth() >= DEEPEST) {
        int start = cells.length();
        JsonGenerator out = json();
        copy(parser, out, firstLine);
        out.flush();
        cells.set(node.number(), JsonKind.JSON, start);
      } else {
        object(parser, node, firstLine);
      }
    } else if (token == JsonToken.START_ARRAY) {
      list(parser, node, firstLine);
    } else {
      JsonKind kind = kind(token);
      if (kind == JsonKind.NOTHING) {
        cells.set(node.number(), kind, NO_CHARS, 0, 0);
      } else {
        cells.set(
            node.number(),
            kind,
            parser.getTextCharacters(),
            parser.getTextOffset(),
            parser.getTextLength());
      }
    }
  }

  private static JsonKind kind(JsonToken token) {
    return switch (token) {
      case VALUE_TRUE -> JsonKind.TRUE;
      case VALUE_FALSE -> JsonKind.FALSE;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonKind.NUMBER;
      case VALUE_STRING -> JsonKind.TEXT;
      default -> JsonKind.NOTHING;
    };
  }

  private void object(JsonParser parser, PathNode node, long firstLine) throws IOException {
    cells.set(node.number(), JsonKind.NOTHING, NO_CHARS, 0, 0);
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      PathNode child = tree.child(node, name);
      if (child.seenBefore(record)) {
        duplicate(parser, name, firstLine);
        parser.nextToken();
        parser.skipChildren();
      } else {
        parser.nextToken();
        value(parser, child, firstLine);
      }
    }
  }

  private void list(JsonParser parser, PathNode node, long firstLine) throws IOException {
    int first = cells.items();
    JsonToken token = parser.nextToken();
    for (; token.isScalarValue(); token = parser.nextToken()) {
      cells.addItem(
          kind(token),
          parser.getTextCharacters(),
          parser.getTextOffset(),
          token == JsonToken.VALUE_NULL ? 0 : parser.getTextLength());
    }
    if (token == JsonToken.END_ARRAY) {
      cells.setList(node.number(), first);
      return;
    }
    JsonGenerator out = json();
    out.writeStartArray();
    for (int item = first; item < cells.items(); item++) {
      JsonCopy.item(cells, item, out);
    }
    int start = cells.length();
    for (; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      copy(parser, out, firstLine);
    }
    out.writeEndArray();
    out.flush();
    cells.dropItems(first);
    cells.set(node.number(), JsonKind.JSON, start);
  }

  private void copy(JsonParser parser, JsonGenerator out, long firstLine) throws IOException {
    JsonCopy.value(parser, out).ifPresent(name -> duplicate(parser, name, firstLine));
  }

  /** A generator that stands between values; one that broke off within a value is given up. */
  private JsonGenerator json() throws IOException {
    if (!json.getOutputContext().inRoot()) {
      json = factory.createGenerator(cells.writer(JsonParsers.LONGEST));
    }
    return json;
  }

  private void duplicate(JsonParser parser, String name, long firstLine) {
    if (problem == null) {
      String place = JsonParsers.place(parser.currentTokenLocation(), firstLine);
      String shown = name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "…" : name;
      problem = new Misfit("duplicate_key", place + ": the key '" + shown + "' is there twice");
    }
  }

  private void tooLarge(JsonParser parser, long firstLine) {
    if (problem == null) {
      problem =
          new Misfit(
              "too_large",
              JsonParsers.place(parser.currentTokenLocation(), firstLine)
                  + ": the record has more than "
                  + JsonParsers.LONGEST
                  + " characters");
    }
  }
}
