package dev.lakehouse.ingest.csv;

import dev.lakehouse.ingest.csv.Dialect.Marks;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;

/**
 * The records of a CSV stream one at a time in one reused buffer, as lenient as can be without
 * guessing: line ends may be LF, CRLF or CR, in any mixture; blank lines are no records; a quote
 * inside quotes that is neither doubled nor followed by a delimiter is text, and so is what follows
 * a closing quote; a quote that is never closed harms its own record only.
 */
final class CsvRows implements AutoCloseable {
  /** A quoted field that is longer is taken for a quote that was never closed. */
  private static final int LONGEST_QUOTED = 2 << 20;

  /** A longer record is cut. */
  private static final int LONGEST_RECORD = 8 << 20;

  /** Once so much more was looked through in vain than was read, a quote is to be closed nearby. */
  private static final long MOST_IN_VAIN = 16L << 20;

  private static final int NEARBY = 256;
  private static final int CHUNK = 64 << 10;

  private final Reader text;
  private final RowBuffer row = new RowBuffer();
  private final String delimiter;
  private final char delimiterStart;
  private final char quote;
  private final char escape;
  private final char comment;
  private final boolean[] stops = new boolean[1 << 16];
  private final boolean[] quotedStops = new boolean[1 << 16];
  private long line = 1;
  private long inVain;
  private long consumed;
  private boolean eof;
  private boolean cut;

  // Places in the buffer; all of them move when more() moves the record to the buffer's front.
  private char[] buffer = new char[2 * CHUNK];
  private int limit;
  private int begin;
  private int at;
  private int ahead;
  private int open;
  private int end;

  private CsvRows(Reader text, Marks marks) {
    this.text = text;
    this.delimiter = marks.delimiter();
    this.delimiterStart = delimiter.charAt(0);
    this.quote = first(marks.quote());
    this.escape = first(marks.escape());
    this.comment = first(marks.comment());
    for (char c : new char[] {delimiterStart, '\n', '\r', escape}) {
      stops[c] = true;
    }
    for (char c : new char[] {quote, escape, '\n', '\r'}) {
      quotedStops[c] = true;
    }
    stops[0] = false;
    quotedStops[0] = false;
  }

  private static char first(String mark) {
    return mark.isEmpty() ? 0 : mark.charAt(0);
  }

  /** Reads the stream from its first byte; closing the rows closes it. */
  static CsvRows open(InputStream in, Dialect dialect) throws IOException {
    in.skipNBytes(dialect.bomBytes());
    Reader text =
        new InputStreamReader(
            in,
            dialect
                .encoding()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    return of(text, dialect.marks());
  }

  static CsvRows of(Reader text, Marks marks) {
    return new CsvRows(text, marks);
  }

  /** What every record is handed out in. */
  RowBuffer row() {
    return row;
  }

  /**
   * Moves to the next record.
   *
   * @return false behind the last
   * @throws UndecodableException if the bytes are not in the dialect's encoding
   */
  boolean next() throws IOException {
    cut = false;
    if (!findRecord()) {
      return false;
    }
    row.begin(line);
    cut = false;
    field();
    while (!cut && has() && isDelimiter()) {
      at += delimiter.length();
      field();
    }
    end = at;
    if (cut) {
      row.cut(new String(buffer, begin, Math.min(CHUNK, at - begin)), LONGEST_RECORD);
      skipLine();
      return true;
    }
    lineEnd();
    row.end(buffer, begin, end);
    return true;
  }

  /** Passes over blank lines and comments. */
  private boolean findRecord() throws IOException {
    while (true) {
      begin = at;
      ahead = at;
      while (seesAhead() && isBlank(buffer[ahead])) {
        ahead++;
      }
      if (!seesAhead()) {
        return cut && ahead > at;
      } else if (buffer[ahead] == '\n' || buffer[ahead] == '\r') {
        at = ahead;
        lineEnd();
      } else if (comment != 0 && buffer[at] == comment) {
        skipLine();
      } else {
        return true;
      }
    }
  }

  private boolean isBlank(char c) {
    return (c == ' ' || c == '\t') && c != delimiterStart;
  }

  /** Takes one line end, whichever it is, if there is one. */
  private void lineEnd() throws IOException {
    if (has()) {
      line++;
      if (buffer[at++] == '\r' && has() && buffer[at] == '\n') {
        at++;
      }
    }
  }

  private void skipLine() throws IOException {
    begin = at;
    while (has() && buffer[at] != '\n' && buffer[at] != '\r') {
      at++;
      begin = at;
    }
    lineEnd();
  }

  private void field() throws IOException {
    if (quote != 0) {
      ahead = at;
      while (seesAhead() && buffer[ahead] == ' ' && delimiterStart != ' ') {
        ahead++;
      }
      if (seesAhead() && buffer[ahead] == quote) {
        open = at;
        if (quoted()) {
          return;
        }
        at = open;
      }
    }
    plain();
  }

  private void plain() throws IOException {
    open = at;
    boolean made = false;
    while (true) {
      int i = at;
      while (i < limit && !stops[buffer[i]]) {
        i++;
      }
      at = i;
      if (i == limit) {
        if (!more()) {
          break;
        }
      } else if (isDelimiter() || buffer[at] == '\n' || buffer[at] == '\r') {
        break;
      } else if (escape != 0 && buffer[at] == escape && escapes()) {
        if (!made) {
          row.beginMade(false);
          made = true;
        }
        row.piece(buffer, open, at - open);
        open = at + 1;
        at += 2;
      } else {
        at++;
      }
    }
    if (made) {
      row.piece(buffer, open, at - open);
      row.endMade();
    } else {
      row.add(open - begin, at - begin, false);
    }
  }

  /** Whether the character behind this escape is one that has to be escaped. */
  private boolean escapes() throws IOException {
    ahead = at + 1;
    if (!seesAhead()) {
      return false;
    }
    char c = buffer[ahead];
    return c == escape || c == delimiterStart || (quote != 0 && c == quote);
  }

  /** Takes a quoted field, of which {@code ahead} is the first quote; whether it is one. */
  private boolean quoted() throws IOException {
    long onLine = line;
    int fields = row.fields();
    at = ahead + 1;
    int from = at - begin;
    boolean made = false;
    int longest = inVain > MOST_IN_VAIN + consumed ? NEARBY : LONGEST_QUOTED;
    while (at - open < longest) {
      int i = at;
      while (i < limit && !quotedStops[buffer[i]]) {
        i++;
      }
      at = i;
      if (i == limit) {
        if (!more()) {
          break;
        }
        continue;
      }
      char c = buffer[at];
      if (c == '\n' || c == '\r') {
        lineEnd();
        continue;
      }
      ahead = at + 1;
      boolean doubled = c == quote && seesAhead() && buffer[ahead] == quote;
      if (doubled || (c == escape && c != quote && seesAhead() && isEscapable(buffer[ahead]))) {
        if (!made) {
          row.beginMade(true);
          made = true;
        }
        row.piece(buffer, begin + from, at - begin - from);
        from = at + 1 - begin;
        at += 2;
      } else if (c != quote) {
        at++;
      } else if (closes()) {
        take(from, made);
        at = ahead;
        return true;
      } else if (line > onLine) {
        break;
      } else if (nextIsQuote()) {
        at++;
      } else {
        takeWithRest(from, made);
        return true;
      }
    }
    inVain += at - open;
    line = onLine;
    row.reset(fields);
    row.flaw("has a quote in field " + (fields + 1) + " that is not closed");
    return false;
  }

  private boolean isEscapable(char c) {
    return c == quote || c == escape;
  }

  /** Whether the field ends behind the quote, blanks apart; {@code ahead} is then its end. */
  private boolean closes() throws IOException {
    while (seesAhead() && buffer[ahead] == ' ' && delimiterStart != ' ') {
      ahead++;
    }
    return !seesAhead() || endsField();
  }

  private boolean endsField() throws IOException {
    char c = buffer[ahead];
    if (c == '\n' || c == '\r') {
      return true;
    } else if (c != delimiterStart) {
      return false;
    }
    for (int i = 1; i < delimiter.length(); i++) {
      while (ahead + i >= limit) {
        if (!more()) {
          return false;
        }
      }
      if (buffer[ahead + i] != delimiter.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether on this line a quote comes before a delimiter does. */
  private boolean nextIsQuote() throws IOException {
    ahead = at + 1;
    while (seesAhead()) {
      char c = buffer[ahead];
      if (c == quote) {
        return true;
      } else if (c == '\n' || c == '\r' || c == delimiterStart) {
        return false;
      }
      ahead++;
    }
    return false;
  }

  private void take(int from, boolean made) {
    if (made) {
      row.piece(buffer, begin + from, at - begin - from);
      row.endMade();
    } else {
      row.add(from, at - begin, true);
    }
  }

  /** A field with text behind its closing quote, which belongs to it. */
  private void takeWithRest(int from, boolean made) throws IOException {
    if (!made) {
      row.beginMade(true);
    }
    row.piece(buffer, begin + from, at - begin - from);
    at++;
    open = at;
    while ((at < limit || more()) && !isDelimiter() && buffer[at] != '\n' && buffer[at] != '\r') {
      at++;
    }
    row.piece(buffer, open, at - open);
    row.endMade();
  }

  private boolean isDelimiter() throws IOException {
    ahead = at;
    return buffer[at] == delimiterStart && endsField();
  }

  private boolean has() throws IOException {
    return at < limit || more();
  }

  private boolean seesAhead() throws IOException {
    return ahead < limit || more();
  }

  /** Gets more characters behind the last; false if there are none, or too many are held. */
  private boolean more() throws IOException {
    if (eof) {
      return false;
    } else if (limit - begin >= LONGEST_RECORD) {
      cut = true;
      return false;
    }
    if (begin > 0) {
      System.arraycopy(buffer, begin, buffer, 0, limit - begin);
      limit -= begin;
      at -= begin;
      ahead -= begin;
      open -= begin;
      end -= begin;
      begin = 0;
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int n;
    try {
      n = text.read(buffer, limit, buffer.length - limit);
    } catch (CharacterCodingException e) {
      throw new UndecodableException(e);
    }
    eof = n < 0;
    limit += Math.max(0, n);
    consumed += Math.max(0, n);
    return !eof;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
