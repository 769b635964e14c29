package dev.lakehouse.ingest.csv;

import dev.lakehouse.ingest.format.FileHead;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.TextEncoding;
import dev.lakehouse.ingest.schema.Column;
import dev.lakehouse.schemas.name.ColumnNames;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** Reads a whole file once to decide its dialect, its columns and their types. */
final class FileProfiler {
  /** What separates a header from its rows in tables drawn with characters. */
  private static final Pattern RULE = Pattern.compile("[-=:_]{2,}");

  private static final Pattern CODES =
      Pattern.compile(
          "phone|telefon|mobile|\\bfax|zip|postal|post ?code|\\bplz\\b|\\bssn\\b|iban"
              + "|(card|account|cc|konto)[ _-]?(no|num|nummer)",
          Pattern.CASE_INSENSITIVE);

  private final Dialect dialect;
  private final CsvOptions options;
  private final Footer footer = new Footer();
  private final List<List<String>> header = new ArrayList<>();
  private final List<ColumnProfile> columns = new ArrayList<>();
  private String firstCell = "";
  private boolean firstIsQuoted;
  private long rows;

  private FileProfiler(Dialect dialect, CsvOptions options) {
    this.dialect = dialect;
    this.options = options;
  }

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
   * @throws dev.lakehouse.ingest.format.UnreadableFileException if the file as a whole cannot be
   *     read
   */
  static Profiled profile(FileSource source, CsvOptions options) throws IOException {
    FileHead head = FileHead.of(source);
    Dialect sniffed = DialectSniffer.sniff(head, options);
    boolean guessed = options.encoding().isEmpty() && sniffed.bomBytes() == 0;
    List<Charset> tried = new ArrayList<>(List.of(sniffed.encoding()));
    if (guessed) {
      TextEncoding.FALLBACKS.stream().filter(c -> !tried.contains(c)).forEach(tried::add);
    }
    for (Charset charset : tried) {
      try {
        return new FileProfiler(sniffed.withCharset(charset), options).read(source);
      } catch (UndecodableException e) {
        if (!guessed) {
          throw NotCsv.because("the file is not text in " + charset.name(), e);
        }
      }
    }
    throw NotCsv.because("the file is not text in " + sniffed.charset());
  }

  private Profiled read(FileSource source) throws IOException {
    try (CsvRows read = CsvRows.open(source.open(), dialect)) {
      RowBuffer row = read.row();
      int skipped = 0;
      while (skipped < dialect.preamble() && read.next()) {
        skipped++;
      }
      while (header.size() < dialect.headerRows() && read.next()) {
        header.add(texts(row));
      }
      for (int i = 0; i < dialect.columns(); i++) {
        columns.add(new ColumnProfile(NullNotation.of(dialect.nulls()), options));
      }
      while (read.next()) {
        rows++;
        accept(row);
      }
    }
    if (rows == 0 && header.isEmpty()) {
      throw NotCsv.because("the file has no record");
    }
    refuseHeader();
    decimal().ifPresent(sign -> columns.forEach(column -> column.settle(sign)));
    long all = rows - Math.min(rows, options.footer().orElse(0));
    long footerBegin = options.footer().isPresent() ? 0 : footer.begin(columns, dialect);
    long body = footerBegin > 0 ? footerBegin - 1 : all;
    Dialect whole = dialect.counted(body, all, notations(dialect.delimiter()));
    return new Profiled(whole, columns(), all);
  }

  /** Names that cannot be told to which column they belong are worse than none. */
  private void refuseHeader() {
    int names = header.size() == 1 ? header.get(0).size() : columns.size();
    boolean extra =
        names > columns.size()
            && header.get(0).stream().skip(columns.size()).anyMatch(name -> !name.isEmpty());
    if (rows > 0 && ((names < columns.size() && !isRowNamed()) || extra)) {
      throw NotCsv.header(names, columns.size());
    }
  }

  /** A header may leave out the column that numbers or names the rows. */
  private boolean isRowNamed() {
    boolean numbered = firstCell.equals("0") || firstCell.equals("1");
    return header.get(0).size() == columns.size() - 1 && (numbered || firstIsQuoted);
  }

  /** What was said, or else what the numbers of some columns say and of no others contradict. */
  private Optional<Character> decimal() {
    List<Character> signs =
        columns.stream().map(ColumnProfile::decimal).flatMap(Optional::stream).distinct().toList();
    return options
        .decimal()
        .or(() -> signs.size() == 1 ? Optional.of(signs.get(0)) : Optional.empty());
  }

  private static List<String> texts(RowBuffer row) {
    List<String> texts = new ArrayList<>(row.fields());
    for (int i = 0; i < row.fields(); i++) {
      texts.add(row.text(i).strip());
    }
    return texts;
  }

  /** A broken row says nothing of the columns: its cells may be anybody's. */
  private void accept(RowBuffer row) {
    int most = options.footer().orElse(0);
    if (most == 0 && !RowEncoder.isWhole(row, columns.size(), dialect.pad())) {
      return;
    }
    if (rows == 1 && row.fields() > 0) {
      firstCell = row.text(0).strip();
      firstIsQuoted = row.isQuoted(0);
    }
    if (most > 0 || footer.mayBegin(row, columns.size())) {
      footer.hold(row, rows, most, columns);
      return;
    }
    footer.release(columns);
    for (int i = 0; i < Math.min(columns.size(), row.fields()); i++) {
      columns.get(i).accept(row.chars(i), row.start(i), row.end(i));
    }
  }

  private List<String> notations(String delimiter) {
    List<String> notations =
        columns.stream()
            .map(column -> column.notation(delimiter).map(Notation::text).orElse(""))
            .toList();
    return notations.stream().allMatch(String::isEmpty) ? List.of() : notations;
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(Collections.nCopies(columns.size(), ""));
    for (int h = 0; h < header.size(); h++) {
      List<String> cells = aligned(header.get(h));
      String above = "";
      for (int i = 0; i < names.size(); i++) {
        String cell = i < cells.size() ? cells.get(i) : "";
        above = cell.isEmpty() ? above : cell;
        boolean spans = h < header.size() - 1 && i > 0;
        String part = cell.isEmpty() && spans ? above : RULE.matcher(cell).matches() ? "" : cell;
        names.set(i, (names.get(i) + " " + part).strip());
      }
    }
    return ColumnNames.unique(names, MetadataColumns.reserved());
  }

  private List<String> aligned(List<String> cells) {
    if (header.size() > 1 || !isRowNamed()) {
      return cells;
    }
    List<String> shifted = new ArrayList<>(List.of(""));
    shifted.addAll(cells);
    return shifted;
  }

  /** Digits in a column that is named for codes are codes. */
  private Schema type(ColumnProfile profile, String name) {
    Schema type = profile.type(dialect.delimiter());
    boolean integers = type.getType() == Schema.Type.LONG && type.getLogicalType() == null;
    return integers && CODES.matcher(name).find() ? Schema.create(Schema.Type.STRING) : type;
  }

  private List<Column> columns() {
    List<String> names = names();
    List<Column> all = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      ColumnProfile profile = columns.get(i);
      all.add(
          new Column(
              names.get(i),
              type(profile, names.get(i)),
              dialect.pad() || profile.hasEmpty(dialect.delimiter()),
              profile.needsLong(),
              profile.integerDigits()));
    }
    return all;
  }
}
