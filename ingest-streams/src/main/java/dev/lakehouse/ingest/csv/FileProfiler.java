package dev.lakehouse.ingest.csv;

import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.schema.Column;
import dev.lakehouse.schemas.name.ColumnNames;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads a whole file once to decide its dialect, its columns and their types. */
final class FileProfiler {
  private FileProfiler() {}

  /**
   * What a whole file is.
   *
   * @param rows how many rows it has, the header not counted
   */
  record Profiled(Dialect dialect, List<Column> columns, long rows) {}

  /**
   * Profiles the file. Where it turns out not to be UTF-8 somewhere behind its first part, it is
   * read once more as Windows-1252.
   *
   * @throws UnreadableFileException if the file as a whole cannot be read
   */
  static Profiled profile(FileSource source, CsvOptions options) throws IOException {
    Dialect sniffed = sniff(source, options);
    try {
      return profile(source, sniffed);
    } catch (UndecodableException e) {
      boolean guessed = options.encoding().isEmpty() && sniffed.charset().equals("UTF-8");
      if (!guessed || sniffed.bomBytes() > 0) {
        throw NotCsv.because("the file is not text in " + sniffed.charset(), e);
      }
    }
    try {
      return profile(source, sniffed.withCharset(DialectSniffer.FALLBACK));
    } catch (UndecodableException e) {
      throw NotCsv.because("the file is text neither in UTF-8 nor in windows-1252", e);
    }
  }

  private static Dialect sniff(FileSource source, CsvOptions options) throws IOException {
    try (InputStream in = source.open()) {
      byte[] head = in.readNBytes(DialectSniffer.SAMPLE_BYTES);
      return DialectSniffer.sniff(head, head.length < DialectSniffer.SAMPLE_BYTES, options);
    }
  }

  private static Profiled profile(FileSource source, Dialect dialect) throws IOException {
    try (CsvRows rows = CsvRows.open(source.open(), dialect)) {
      if (!rows.hasNext()) {
        throw NotCsv.because("the file has no record");
      }
      RowBuffer row = rows.next();
      List<String> names = names(row, dialect);
      ColumnProfile[] columns = new ColumnProfile[names.size()];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = new ColumnProfile();
      }
      long count = 0;
      if (!dialect.header()) {
        accept(row, columns);
        count++;
      }
      while (rows.hasNext()) {
        accept(rows.next(), columns);
        count++;
      }
      return new Profiled(dialect, columns(names, columns), count);
    }
  }

  private static List<String> names(RowBuffer first, Dialect dialect) {
    List<String> names = new ArrayList<>(first.fields());
    for (int i = 0; i < first.fields(); i++) {
      names.add(dialect.header() ? first.text(i) : "");
    }
    return ColumnNames.unique(names, MetadataColumns.reserved());
  }

  /** A ragged row says nothing of the columns: its cells may be anybody's. */
  private static void accept(RowBuffer row, ColumnProfile[] columns) {
    if (row.fields() != columns.length) {
      return;
    }
    for (int i = 0; i < columns.length; i++) {
      columns[i].accept(row.chars(), row.start(i), row.end(i));
    }
  }

  private static List<Column> columns(List<String> names, ColumnProfile[] profiles) {
    List<Column> columns = new ArrayList<>(profiles.length);
    for (int i = 0; i < profiles.length; i++) {
      ColumnProfile profile = profiles[i];
      columns.add(
          new Column(
              names.get(i),
              profile.type(),
              profile.hasEmpty(),
              profile.needsLong(),
              profile.integerDigits()));
    }
    return columns;
  }
}
