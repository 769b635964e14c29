package dev.lakehouse.ingest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Writes JSON that stays JSON: without white space, with numbers in their own notation. */
final class JsonCopy {
  private static final JsonFactory FACTORY = JsonParsers.factory();

  private JsonCopy() {}

  /**
   * Copies the value that the parser stands on; the depth of the value costs no stack.
   *
   * @return the first name that an object has twice
   */
  static Optional<String> value(JsonParser parser, JsonGenerator out) throws IOException {
    Optional<String> twice = Optional.empty();
    Deque<Set<String>> objects = new ArrayDeque<>();
    int depth = 0;
    for (JsonToken token = parser.currentToken(); ; token = parser.nextToken()) {
      switch (token) {
        case START_OBJECT -> {
          depth++;
          objects.push(new HashSet<>());
          out.writeStartObject();
        }
        case END_OBJECT -> {
          depth--;
          objects.pop();
          out.writeEndObject();
        }
        case START_ARRAY -> {
          depth++;
          out.writeStartArray();
        }
        case END_ARRAY -> {
          depth--;
          out.writeEndArray();
        }
        case FIELD_NAME -> {
          String name = parser.currentName();
          if (!objects.element().add(name) && twice.isEmpty()) {
            twice = Optional.of(name);
          }
          out.writeFieldName(name);
        }
        case VALUE_STRING ->
            out.writeString(
                parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
            out.writeNumber(
                parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        case VALUE_TRUE, VALUE_FALSE -> out.writeBoolean(token == JsonToken.VALUE_TRUE);
        default -> out.writeNull();
      }
      if (depth == 0) {
        return twice;
      }
    }
  }

  /** A list's cell as JSON. */
  static String list(CellBuffer cells, int cell) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      out.writeStartArray();
      int first = cells.firstItem(cell);
      for (int item = first; item < first + cells.itemCount(cell); item++) {
        item(cells, item, out);
      }
      out.writeEndArray();
    } catch (IOException e) {
      throw new IllegalStateException("text in memory can be written", e);
    }
    return text.toString();
  }

  /** Writes one item of a list. */
  static void item(CellBuffer cells, int item, JsonGenerator out) throws IOException {
    int start = cells.itemStart(item);
    int length = cells.itemEnd(item) - start;
    switch (cells.itemKind(item)) {
      case TEXT -> out.writeString(cells.chars(), start, length);
      case NUMBER -> out.writeNumber(cells.chars(), start, length);
      case TRUE -> out.writeBoolean(true);
      case FALSE -> out.writeBoolean(false);
      default -> out.writeNull();
    }
  }
}
