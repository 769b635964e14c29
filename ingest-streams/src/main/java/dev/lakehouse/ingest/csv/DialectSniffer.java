package dev.lakehouse.ingest.csv;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.format.FileHead;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.types.Cells;
import dev.lakehouse.ingest.types.NumberShape;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds a file's dialect in its first bytes, where the uploader did not say. */
public final class DialectSniffer {
  /** How many of the first bytes are looked at. */
  public static final int SAMPLE_BYTES = FileHead.BYTES;

  /** What is tried where a file is not UTF-8. */
  static final Charset FALLBACK = Charset.forName("windows-1252");

  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final int MOST_ROWS = 500;

  private DialectSniffer() {}

  /**
   * The dialect of the file.
   *
   * @param head the file's first bytes, at most {@link #SAMPLE_BYTES}
   * @param whole whether they are all of it
   * @throws UnreadableFileException if they are not text
   */
  public static Dialect sniff(byte[] head, boolean whole, CsvOptions options) {
    Encoding encoding = encoding(head, whole, options);
    String text = decode(head, whole, encoding);
    refuseBinary(text);
    char quote = options.quote();
    char delimiter = options.delimiter().orElseGet(() -> delimiter(complete(text, whole), quote));
    boolean header =
        options.header().orElseGet(() -> header(rows(complete(text, whole), delimiter, quote)));
    return new Dialect(encoding.charset().name(), encoding.bomBytes(), delimiter, quote, header);
  }

  private record Encoding(Charset charset, int bomBytes) {}

  private static Encoding encoding(byte[] head, boolean whole, CsvOptions options) {
    Encoding marked =
        startsWith(head, 0xEF, 0xBB, 0xBF)
            ? new Encoding(UTF_8, 3)
            : startsWith(head, 0xFF, 0xFE)
                ? new Encoding(UTF_16LE, 2)
                : startsWith(head, 0xFE, 0xFF) ? new Encoding(UTF_16BE, 2) : new Encoding(UTF_8, 0);
    Optional<Charset> said = options.encoding();
    if (said.isPresent()) {
      boolean same = marked.charset().name().startsWith(said.get().name());
      return new Encoding(
          same && marked.bomBytes() > 0 ? marked.charset() : said.get(),
          same ? marked.bomBytes() : 0);
    }
    boolean unmarked = marked.bomBytes() == 0;
    return unmarked && !decodes(head, whole, UTF_8) ? new Encoding(FALLBACK, 0) : marked;
  }

  private static boolean startsWith(byte[] head, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (head.length <= i || (head[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean decodes(byte[] head, boolean whole, Charset charset) {
    try {
      strict(head, 0, whole, charset);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static String decode(byte[] head, boolean whole, Encoding encoding) {
    try {
      return strict(head, encoding.bomBytes(), whole, encoding.charset());
    } catch (CharacterCodingException e) {
      throw NotCsv.because("the bytes are not text in " + encoding.charset().name(), e);
    }
  }

  /** Decodes; a character that the sample's end cuts through is left out. */
  private static String strict(byte[] head, int skip, boolean whole, Charset charset)
      throws CharacterCodingException {
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var in = ByteBuffer.wrap(head, skip, head.length - skip);
    var out = java.nio.CharBuffer.allocate((int) (in.remaining() * decoder.maxCharsPerByte()) + 1);
    var result = decoder.decode(in, out, whole);
    if (result.isError()) {
      result.throwException();
    }
    return out.flip().toString();
  }

  private static void refuseBinary(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1B) {
        throw NotCsv.because(
            "the file is binary: it holds the control character " + (int) c + " in its first part");
      }
    }
    if (text.isBlank()) {
      throw NotCsv.because("the file holds white space only");
    }
  }

  /** Without the last line if the sample may cut it. */
  private static String complete(String text, boolean whole) {
    int end = text.lastIndexOf('\n');
    return whole || end < 0 ? text : text.substring(0, end + 1);
  }

  static List<List<String>> rows(String text, char delimiter, char quote) {
    List<List<String>> rows = new ArrayList<>();
    try (CsvRows read = CsvRows.of(new StringReader(text), delimiter, quote)) {
      while (rows.size() < MOST_ROWS && read.hasNext()) {
        RowBuffer row = read.next();
        List<String> fields = new ArrayList<>(row.fields());
        for (int i = 0; i < row.fields(); i++) {
          fields.add(row.text(i));
        }
        rows.add(fields);
      }
    } catch (UnreadableFileException e) {
      return rows;
    } catch (IOException e) {
      throw new IllegalStateException("text in memory can be read", e);
    }
    return rows;
  }

  /** The delimiter that cuts most rows into the same number of fields, more fields first. */
  private static char delimiter(String text, char quote) {
    char best = DELIMITERS[0];
    double bestScore = 0;
    for (char candidate : DELIMITERS) {
      double score = score(rows(text, candidate, quote));
      if (score > bestScore) {
        bestScore = score;
        best = candidate;
      }
    }
    return best;
  }

  private static double score(List<List<String>> rows) {
    Map<Integer, Integer> widths = new HashMap<>();
    rows.forEach(row -> widths.merge(row.size(), 1, Integer::sum));
    double best = 0;
    for (Map.Entry<Integer, Integer> width : widths.entrySet()) {
      if (width.getKey() > 1) {
        double share = (double) width.getValue() / rows.size();
        best = Math.max(best, share * share * share * Math.log(1 + width.getKey()));
      }
    }
    return best;
  }

  /**
   * Whether the first row names columns: none of its cells is a value (number, date, true or
   * false), years behind a first name apart.
   */
  private static boolean header(List<List<String>> rows) {
    if (rows.isEmpty()) {
      return true;
    }
    List<String> first = rows.get(0);
    for (int i = 0; i < first.size(); i++) {
      String cell = first.get(i).strip();
      boolean year = i > 0 && cell.matches("(1[89]|20|21)\\d\\d");
      if (!cell.isEmpty() && !year && isValue(cell)) {
        return false;
      }
    }
    return first.stream().anyMatch(cell -> !cell.isBlank());
  }

  private static boolean isValue(String cell) {
    char[] c = cell.toCharArray();
    return new NumberShape().scan(c, 0, c.length)
        || Cells.bool(c, 0, c.length) != Cells.MISFIT
        || Cells.date(c, 0, c.length) != Cells.MISFIT
        || Cells.localTimestamp(c, 0, c.length) != Cells.MISFIT
        || Cells.zonedTimestamp(c, 0, c.length) != Cells.MISFIT;
  }
}
