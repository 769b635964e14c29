package dev.lakehouse.ingest.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.Misfit;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;

/**
 * Records in values that follow one another: the items of an array, or the value itself, wherever a
 * pointer leads to. Where the text is not JSON nothing can be known of what comes behind, so the
 * file as a whole is unreadable.
 */
final class DocumentRecords implements Records {
  private static final int MOST_RAW = 1 << 20;

  private final TextWindow text;
  private final JsonParser parser;
  private final Flattener flattener;
  private final List<String> steps;
  private boolean inArray;
  private boolean toLeave;
  private Optional<Misfit> problem = Optional.empty();
  private long line;
  private long start;
  private long end;

  DocumentRecords(FileSource source, String pointer, JsonFactory factory, Flattener flattener)
      throws IOException {
    this.steps = Pointer.steps(pointer);
    this.flattener = flattener;
    this.text = new TextWindow(Utf8Text.open(source), MOST_RAW);
    this.parser = factory.createParser(text);
  }

  @Override
  public boolean next() throws IOException {
    try {
      if (!toRecord()) {
        return false;
      }
      JsonLocation at = parser.currentTokenLocation();
      line = at.getLineNr();
      start = at.getCharOffset();
      text.keepFrom(start);
      problem = flattener.read(parser, 1);
      end = parser.currentLocation().getCharOffset();
      return true;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
      throw unreadable(JsonParsers.problem(e), JsonParsers.place(at, 1), e);
    } catch (CharacterCodingException e) {
      throw unreadable(
          new Misfit("bad_encoding", "the bytes there are not text in the file's encoding"),
          text.place(),
          e);
    }
  }

  private boolean toRecord() throws IOException {
    while (true) {
      if (toLeave) {
        toLeave = false;
        leave();
      }
      JsonToken token = parser.nextToken();
      if (inArray) {
        if (token != JsonToken.END_ARRAY) {
          return true;
        }
        inArray = false;
        toLeave = true;
      } else if (token == null) {
        return false;
      } else {
        descend();
        if (parser.currentToken() != JsonToken.START_ARRAY) {
          toLeave = true;
          return true;
        }
        inArray = true;
      }
    }
  }

  private void descend() throws IOException {
    for (String step : steps) {
      boolean found = parser.currentToken() == JsonToken.START_ARRAY ? toItem(step) : toField(step);
      if (!found) {
        throw new UnreadableFileException(
            "no_records",
            JsonParsers.place(parser.currentTokenLocation(), 1)
                + ": the value has no '"
                + Pointer.of(steps)
                + "'",
            "say with records=/path where the records are; records= is the value itself");
      }
    }
  }

  private boolean toField(String name) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals(name);
      parser.nextToken();
      if (found) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private boolean toItem(String step) throws IOException {
    int skip = Pointer.index(step);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (skip-- == 0) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  /** Reads on to the end of the value, in which the records may not come once more. */
  private void leave() throws IOException {
    for (int level = steps.size(); level > 0; level--) {
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME && parser.currentName().equals(steps.get(level - 1))) {
          throw unreadable(
              new Misfit("duplicate_key", "'" + Pointer.of(steps) + "' is there twice"),
              JsonParsers.place(parser.currentTokenLocation(), 1),
              new IOException("a key is there twice"));
        }
        parser.skipChildren();
      }
    }
  }

  private static UnreadableFileException unreadable(
      Misfit problem, String place, IOException cause) {
    String hint =
        problem.code().equals("json_truncated")
            ? "send the whole file; of one object a line only the last line would be lost"
            : "mend the file at that place, or send one object a line, of which only the bad lines"
                + " are kept back";
    return new UnreadableFileException(
        problem.code(), place + ": " + problem.reason(), hint, cause);
  }

  @Override
  public Optional<Misfit> problem() {
    return problem;
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public byte[] raw() {
    return text.text(start, end).strip().getBytes(UTF_8);
  }

  @Override
  public void close() throws IOException {
    parser.close();
    text.close();
  }
}
