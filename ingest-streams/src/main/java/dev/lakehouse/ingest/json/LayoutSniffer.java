package dev.lakehouse.ingest.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.lakehouse.ingest.format.FileSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides where a file's records are. */
final class LayoutSniffer {
  private static final int SAMPLE_BYTES = 1 << 20;
  private static final int SAMPLE_LINES = 100;

  private LayoutSniffer() {}

  /**
   * @param lines as {@link JsonDialect#lines()}
   * @param records as {@link JsonDialect#records()}
   */
  record Layout(boolean lines, String records) {}

  /** What the uploader's option says, else what the file looks like. */
  static Layout of(FileSource source, Map<String, String> options) throws IOException {
    String said = options.get(JsonFormat.RECORDS);
    if (said != null) {
      return new Layout(false, said);
    }
    return linesOf(source) ? new Layout(true, "") : document(source);
  }

  /** The layout of a file that is not one record a line. */
  static Layout document(FileSource source) throws IOException {
    return new Layout(false, Envelope.records(source).orElse(""));
  }

  /**
   * Whether each line is a value of its own: the first is, and is not the only one; or most of them
   * are.
   */
  private static boolean linesOf(FileSource source) throws IOException {
    List<String> lines;
    try (InputStream in = Utf8Text.open(source)) {
      byte[] head = in.readNBytes(SAMPLE_BYTES);
      String text = new String(head, UTF_8);
      int end = head.length < SAMPLE_BYTES ? text.length() : text.lastIndexOf('\n') + 1;
      lines =
          text.substring(0, end)
              .lines()
              .filter(line -> !line.isBlank())
              .limit(SAMPLE_LINES)
              .toList();
    } catch (CharacterCodingException e) {
      return false;
    }
    if (lines.size() < 2) {
      return false;
    }
    JsonFactory factory = JsonParsers.factory();
    long whole = lines.stream().filter(line -> isContainer(factory, line)).count();
    return isContainer(factory, lines.get(0)) || whole * 2 > lines.size();
  }

  private static boolean isContainer(JsonFactory factory, String line) {
    try (JsonParser parser = factory.createParser(line)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT && first != JsonToken.START_ARRAY) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    } catch (IOException e) {
      throw new IllegalStateException("text in memory can be read", e);
    }
  }

  /** The dominating array of objects within a single object. */
  private static final class Envelope {
    private static final int DEEPEST = 4;
    private static final int FEWEST_RECORDS = 2;

    /** This share of the object's text belongs to the array. */
    private static final double DOMINATING = 0.8;

    private long widest;
    private Optional<String> pointer = Optional.empty();

    static Optional<String> records(FileSource source) throws IOException {
      try (InputStream in = Utf8Text.open(source);
          JsonParser parser = JsonParsers.factory().createParser(new TextWindow(in, 0))) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          return Optional.empty();
        }
        Envelope envelope = new Envelope();
        boolean featureCollection = envelope.object(parser, List.of());
        long size = parser.currentLocation().getCharOffset();
        if (parser.nextToken() != null) {
          return Optional.empty();
        } else if (featureCollection) {
          return Optional.of("/features");
        }
        return envelope.widest > size * DOMINATING ? envelope.pointer : Optional.empty();
      } catch (JsonProcessingException | CharacterCodingException e) {
        // Reading the records says it better.
        return Optional.empty();
      }
    }

    /** Reads an object to its end; whether it is a GeoJSON FeatureCollection. */
    private boolean object(JsonParser parser, List<String> path) throws IOException {
      boolean collection = false;
      boolean features = false;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        List<String> below = Pointer.below(path, name);
        if (value == JsonToken.START_ARRAY) {
          features |= name.equals("features");
          array(parser, below);
        } else if (value == JsonToken.START_OBJECT && below.size() < DEEPEST) {
          object(parser, below);
        } else if (value == JsonToken.VALUE_STRING) {
          collection |= name.equals("type") && parser.getText().equals("FeatureCollection");
        } else {
          parser.skipChildren();
        }
      }
      return collection && features;
    }

    private void array(JsonParser parser, List<String> path) throws IOException {
      long start = parser.currentTokenLocation().getCharOffset();
      boolean objects = true;
      int items = 0;
      for (JsonToken item = parser.nextToken();
          item != JsonToken.END_ARRAY;
          item = parser.nextToken()) {
        objects &= item == JsonToken.START_OBJECT;
        items++;
        parser.skipChildren();
      }
      long width = parser.currentLocation().getCharOffset() - start;
      if (objects && items >= FEWEST_RECORDS && width > widest) {
        widest = width;
        pointer = Optional.of(Pointer.of(path));
      }
    }
  }
}
