package dev.lakehouse.ingest.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/** The records of a CSV stream, the header among them, one at a time in one reused buffer. */
public final class CsvRows implements AutoCloseable {
  /** A longer field is taken for a quote that was never closed. */
  private static final int LONGEST_FIELD = 8 << 20;

  private final RowBuffer row;
  private final CloseableIterator<RowBuffer> rows;

  private CsvRows(RowBuffer row, CloseableIterator<RowBuffer> rows) {
    this.row = row;
    this.rows = rows;
  }

  /** Reads the stream from its first byte; closing the rows closes it. */
  public static CsvRows open(InputStream in, Dialect dialect) throws IOException {
    in.skipNBytes(dialect.bomBytes());
    Reader text =
        new InputStreamReader(
            in,
            dialect
                .encoding()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    return of(text, dialect.delimiter(), dialect.quote());
  }

  static CsvRows of(Reader text, char delimiter, char quote) {
    RowBuffer row = new RowBuffer();
    return new CsvRows(
        row,
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .quoteCharacter(quote)
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(LONGEST_FIELD)
            .build(row, text)
            .iterator());
  }

  /**
   * Whether there is another record.
   *
   * @throws UnreadableFileException if the bytes are not in the dialect's encoding, or are not CSV
   */
  public boolean hasNext() {
    try {
      return rows.hasNext();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw new UndecodableException(e);
      }
      throw e;
    } catch (CsvParseException e) {
      throw NotCsv.because(String.valueOf(e.getMessage()), e);
    }
  }

  /** What every record is handed out in. */
  RowBuffer row() {
    return row;
  }

  /** The next record, valid until the next call. */
  public RowBuffer next() {
    return rows.next();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
