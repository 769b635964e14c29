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
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record a line; a line that is not JSON is a record with a problem, and the next line is read
 * as if nothing had been. Lines are parsed many at a time, and by themselves only around a bad one.
 */
final class LineRecords implements Records {
  private static final int MOST_RAW = 1 << 20;

  private final LineBlocks blocks;
  private final JsonFactory factory;
  private final Flattener flattener;
  private final CharsetDecoder decoder =
      UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private CharBuffer chars = CharBuffer.allocate(0);
  private int undecoded;
  private int from;
  private int to;
  private long line = 1;
  private @Nullable JsonParser parser;
  private int parserFrom;
  private long parserLine;

  private Optional<Misfit> problem = Optional.empty();
  private long recordLine;
  private int rawFrom;
  private int rawTo;
  private byte[] rawBytes = new byte[0];

  LineRecords(FileSource source, JsonFactory factory, Flattener flattener) throws IOException {
    this.blocks = new LineBlocks(Utf8Text.open(source), JsonParsers.LONGEST);
    this.factory = factory;
    this.flattener = flattener;
  }

  @Override
  public boolean next() throws IOException {
    rawBytes = new byte[0];
    while (true) {
      if (parser == null) {
        if (from < to) {
          parser = factory.createParser(chars.array(), from, to - from);
          parserFrom = from;
          parserLine = line;
        } else if (undecoded < blocks.end()) {
          if (!decodeLine()) {
            return true;
          }
          continue;
        } else if (!nextBlock()) {
          return false;
        } else if (problem.isPresent()) {
          return true;
        } else {
          continue;
        }
      }
      if (parse(parser)) {
        return true;
      }
    }
  }

  /** Takes the next block; a problem is set if it is a line that is too long. */
  private boolean nextBlock() throws IOException {
    problem = Optional.empty();
    try {
      if (!blocks.next()) {
        return false;
      }
    } catch (CharacterCodingException e) {
      throw new UnreadableFileException(
          "bad_encoding",
          "behind line " + line + ": bytes that are not text in the file's encoding",
          "send the file in UTF-8",
          e);
    }
    undecoded = blocks.end();
    if (blocks.overlong()) {
      bad(
          "too_large",
          "line " + line + " is longer than " + JsonParsers.LONGEST + " bytes",
          blocks.start(),
          blocks.end());
      line++;
      return true;
    }
    if (!decode(blocks.start(), blocks.end())) {
      undecoded = blocks.start();
    }
    return true;
  }

  private boolean decode(int start, int end) {
    if (chars.capacity() < end - start) {
      chars = CharBuffer.allocate(Math.max(chars.capacity() * 2, end - start));
    }
    chars.clear();
    decoder.reset();
    boolean ok =
        !decoder.decode(ByteBuffer.wrap(blocks.bytes(), start, end - start), chars, true).isError();
    from = 0;
    to = ok ? chars.position() : 0;
    return ok;
  }

  /** Decodes one line of a block that cannot be decoded as a whole; false if it is the bad one. */
  private boolean decodeLine() {
    int start = undecoded;
    int end = start;
    while (end < blocks.end() && blocks.bytes()[end] != '\n') {
      end++;
    }
    undecoded = Math.min(end + 1, blocks.end());
    if (decode(start, undecoded)) {
      return true;
    }
    bad(
        "bad_encoding",
        "line " + line + ", column " + (chars.position() + 1) + ": bytes that are not UTF-8",
        start,
        end);
    line++;
    return false;
  }

  private void bad(String code, String reason, int start, int end) {
    problem = Optional.of(new Misfit(code, reason));
    recordLine = line;
    rawBytes = Arrays.copyOfRange(blocks.bytes(), start, Math.min(end, start + MOST_RAW));
  }

  /** Reads one value; false if there is none left in what was decoded. */
  private boolean parse(JsonParser values) throws IOException {
    try {
      if (values.nextToken() == null) {
        line = parserLine + newlines(parserFrom, to);
        from = to;
        endParser();
        return false;
      }
      JsonLocation start = values.currentTokenLocation();
      rawFrom = parserFrom + (int) start.getCharOffset();
      recordLine = parserLine + start.getLineNr() - 1;
      problem = flattener.read(values, parserLine);
      JsonLocation end = values.currentLocation();
      JsonToken last = values.currentToken();
      rawTo =
          last.isNumeric()
              ? rawFrom + values.getTextLength()
              : parserFrom + (int) end.getCharOffset();
      boolean severalLines = !last.isNumeric() && end.getLineNr() != start.getLineNr();
      if (severalLines) {
        badLine(rawFrom, recordLine, "json_truncated", "the line ends within a value");
      } else if (!restIsBlank(rawTo)) {
        badLine(rawFrom, recordLine, "not_json", "there is more behind the value");
      } else {
        from = rawTo;
        line = recordLine;
      }
    } catch (JsonProcessingException e) {
      Misfit what = JsonParsers.problem(e);
      int at = from;
      long atLine = line;
      while (at < to && chars.array()[at] <= ' ') {
        atLine += chars.array()[at] == '\n' ? 1 : 0;
        at++;
      }
      JsonLocation where = e.getLocation() == null ? values.currentLocation() : e.getLocation();
      boolean cut = parserLine + where.getLineNr() - 1 > atLine;
      String place = cut ? "" : "column " + where.getColumnNr() + ": ";
      badLine(
          at,
          atLine,
          cut ? "json_truncated" : what.code(),
          cut ? "the line ends within a value" : place + what.reason());
    }
    return true;
  }

  private boolean restIsBlank(int at) {
    char[] text = chars.array();
    int i = at;
    while (i < to && text[i] != '\n' && text[i] <= ' ') {
      i++;
    }
    return i >= to || text[i] == '\n';
  }

  private void badLine(int at, long atLine, String code, String reason) throws IOException {
    char[] text = chars.array();
    int start = at;
    while (start > 0 && text[start - 1] != '\n') {
      start--;
    }
    int end = at;
    while (end < to && text[end] != '\n') {
      end++;
    }
    problem =
        Optional.of(
            new Misfit(
                code, "line " + atLine + (reason.startsWith("column") ? ", " : ": ") + reason));
    recordLine = atLine;
    rawFrom = start;
    rawTo = end;
    from = Math.min(end + 1, to);
    line = atLine + 1;
    endParser();
  }

  private long newlines(int start, int end) {
    long count = 0;
    for (int i = start; i < end; i++) {
      count += chars.array()[i] == '\n' ? 1 : 0;
    }
    return count;
  }

  private void endParser() throws IOException {
    if (parser != null) {
      parser.close();
      parser = null;
    }
  }

  @Override
  public Optional<Misfit> problem() {
    return problem;
  }

  @Override
  public long line() {
    return recordLine;
  }

  @Override
  public byte[] raw() {
    if (rawBytes.length > 0) {
      return rawBytes;
    }
    int length = Math.min(rawTo - rawFrom, MOST_RAW);
    return new String(chars.array(), rawFrom, length).strip().getBytes(UTF_8);
  }

  @Override
  public void close() throws IOException {
    endParser();
    blocks.close();
  }
}
