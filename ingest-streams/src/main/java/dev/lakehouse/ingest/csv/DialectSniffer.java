package dev.lakehouse.ingest.csv;

import dev.lakehouse.ingest.csv.Dialect.Marks;
import dev.lakehouse.ingest.format.FileHead;
import dev.lakehouse.ingest.format.TextEncoding;
import dev.lakehouse.ingest.format.UnreadableFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds a file's dialect in its first bytes, where the uploader did not say. Each combination of
 * delimiter, quote and escape cuts the sample into rows; the one whose rows are alike and whose
 * cells look like values wins.
 *
 * @see <a href="https://doi.org/10.1007/s10618-019-00646-y">van den Burg, Nazábal, Sutton:
 *     Wrangling messy CSV files by detecting row and type patterns</a>, where the idea is from
 */
final class DialectSniffer {
  private static final List<String> COMMON = List.of(",", ";", "\t", "|");
  private static final List<String> RARE =
      List.of(":", "^", "~", " ", "\u0001", "\u001f", "§", "¦");

  private static final int MOST_COLUMNS = 2_000;

  /** How much less likely a rare delimiter is. */
  private static final double RARE_WEIGHT = 0.45;

  /** What a table of one column scores. */
  private static final double ONE_COLUMN = 0.5;

  private static final Pattern KNOWN =
      Pattern.compile(
          "[-+]?[$€£¥₹]?\\s?[-+(]?\\d[\\d.,'\\u00a0]*\\)?\\s?[%$€£¥₹]?([eE][-+]?\\d+)?"
              + "|\\.\\d+|[\\p{L}\\p{N}_][\\p{L}\\p{N}\\p{M}"
              + " _.()/&'’#+*!?@%$€°-]*|\\d{1,4}[-./]\\d{1,2}[-./]\\d{1,4}([T"
              + " ]\\d{1,2}:\\d\\d(:\\d\\d(\\.\\d+)?)?( ?[AaPp][Mm])?([Zz]|"
              + " ?[-+]\\d\\d:?\\d\\d)?)?|\\d{1,2}:\\d\\d(:\\d\\d(\\.\\d+)?)?( ?[AaPp][Mm])?"
              + "|[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+|[a-z]+://\\S+|\\\\N|[-?.#]+|n/a");

  /** How a spreadsheet names the delimiter in the file itself. */
  private static final Pattern FIRST_LINE = Pattern.compile("(?i)sep=([^\\r\\n])\\r?\\n");

  /** Colons that separate no fields. */
  private static final Pattern TIMES = Pattern.compile("\\d{1,2}:\\d\\d(:\\d\\d)?|://");

  private DialectSniffer() {}

  /**
   * The dialect of the file.
   *
   * @param head the file's first bytes
   */
  static Dialect sniff(FileHead head, CsvOptions said) {
    TextEncoding encoding = TextEncoding.of(head, said.encoding());
    String text =
        encoding
            .decode(head)
            .orElseThrow(() -> NotCsv.because("the bytes are not text in " + encoding.charset()));
    refuseBinary(text);
    Matcher first = FIRST_LINE.matcher(text);
    CsvOptions options = first.lookingAt() ? said.unlessSaid(first.group(1)) : said;
    String sample = complete(text, head.whole());
    Marks marks = marks(sample, options);
    List<SampleRow> rows = SampleRow.of(sample, marks);
    Layout layout = Layout.of(rows, options);
    refuseWide(layout.columns());
    return new Dialect(
        encoding.charset(),
        encoding.bomBytes(),
        marks.delimiter(),
        marks.quote(),
        marks.escape(),
        marks.comment(),
        layout.preamble(),
        layout.headerRows(),
        layout.columns(),
        layout.trailing(),
        0,
        0,
        options.pad(),
        options.nulls(),
        List.of());
  }

  private static void refuseWide(int columns) {
    if (columns > MOST_COLUMNS) {
      throw new UnreadableFileException(
          "too_wide",
          "the file has %d columns; at most %d are read".formatted(columns, MOST_COLUMNS),
          "send it with a row for each value, or in parts of fewer columns");
    }
  }

  private static void refuseBinary(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw NotCsv.because("the file is binary: it holds zero bytes in its first part");
      }
    }
    if (text.isBlank()) {
      throw NotCsv.because("the file holds white space only");
    }
  }

  /** Without the last line if the sample may cut it. */
  private static String complete(String text, boolean whole) {
    int end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
    return whole || end < 0 ? text : text.substring(0, end + 1);
  }

  private static Marks marks(String text, CsvOptions options) {
    List<String> delimiters = spaced(text);
    delimiters.addAll(COMMON);
    delimiters.addAll(RARE);
    String withoutTimes = TIMES.matcher(text).replaceAll("");
    delimiters.removeIf(delimiter -> !delimiter.equals(",") && !withoutTimes.contains(delimiter));
    long lines = text.lines().filter(line -> !line.isBlank()).count();
    delimiters.removeIf(
        delimiter -> RARE.contains(delimiter) && count(withoutTimes, delimiter) < lines * 0.6);
    options
        .delimiter()
        .ifPresent(
            said -> {
              delimiters.clear();
              delimiters.add(said);
            });
    List<String> quotes = options.quote().map(List::of).orElseGet(() -> quotes(text));
    Marks best = new Marks(",", quotes.get(0), "", options.comment());
    double bestScore = -1;
    for (String quote : quotes) {
      List<String> escapes =
          options
              .escape()
              .map(said -> List.of(said.equals(quote) ? "" : said))
              .orElseGet(() -> escapes(text, quote));
      for (String escape : escapes) {
        for (String delimiter : delimiters) {
          if (delimiter.equals(quote)) {
            continue;
          }
          Marks marks = new Marks(delimiter, quote, escape, options.comment());
          double score = score(SampleRow.of(text, marks), marks);
          if (score > bestScore + 1e-9) {
            best = marks;
            bestScore = score;
          }
        }
      }
    }
    return options.delimiter().isPresent() ? best : doubled(text, best);
  }

  /** Delimiters behind which a space mostly stands: {@code a, b}. They go before those without. */
  private static List<String> spaced(String text) {
    return COMMON.stream()
        .filter(delimiter -> !delimiter.isBlank())
        .filter(
            delimiter -> {
              long with = count(text, delimiter + " ");
              return with > 0 && with >= count(text, delimiter) * 0.6;
            })
        .map(delimiter -> delimiter + " ")
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static long count(String text, String mark) {
    long count = 0;
    for (int i = text.indexOf(mark); i >= 0; i = text.indexOf(mark, i + mark.length())) {
      count++;
    }
    return count;
  }

  private static List<String> quotes(String text) {
    List<String> quotes = new ArrayList<>(List.of("\""));
    if (Pattern.compile("(^|[,;\\t|:^~ \\n\\r])'").matcher(text).find()) {
      quotes.add("'");
    }
    if (text.indexOf('"') >= 0) {
      quotes.add("");
    }
    return quotes;
  }

  private static List<String> escapes(String text, String quote) {
    return !quote.isEmpty() && text.contains("\\" + quote) ? List.of("\\", "") : List.of("");
  }

  private static double score(List<SampleRow> rows, Marks marks) {
    Map<Integer, Integer> widths = new HashMap<>();
    rows.forEach(row -> widths.merge(row.width(), 1, Integer::sum));
    double best = 0;
    for (int width : new TreeSet<>(widths.keySet())) {
      best = Math.max(best, score(rows, marks, width));
    }
    return best;
  }

  private static double score(List<SampleRow> rows, Marks marks, int width) {
    int first = -1;
    int last = -1;
    int alike = 0;
    double known = 0;
    long cells = 0;
    int flawed = 0;
    for (int i = 0; i < rows.size(); i++) {
      SampleRow row = rows.get(i);
      flawed += row.flawed() ? 1 : 0;
      if (row.width() == width) {
        first = first < 0 ? i : first;
        last = i;
        alike++;
        for (int c = 0; c < width; c++) {
          known += known(row.cells().get(c).strip(), row.quoted().get(c));
          cells++;
        }
      }
    }
    if (alike == 0 || width == 0) {
      return 0;
    }
    double types = known / cells;
    double sound = 1 - (double) flawed / rows.size();
    if (width == 1) {
      return ONE_COLUMN * types * types * sound * alike / rows.size();
    }
    double share = (double) alike / (last - first + 1);
    double coverage = (double) alike / rows.size();
    boolean rare = RARE.contains(marks.delimiter());
    boolean sure = share > 0.95 && coverage > 0.6 && rows.size() > 1;
    if (rare && !(sure && hasValues(rows, width))) {
      return 0;
    }
    return share
        * share
        * Math.pow(coverage, 1.5)
        * (Math.log(1 + width) / Math.log(2))
        * types
        * types
        * sound
        * (rare ? RARE_WEIGHT : 1);
  }

  /** Whether the values of some column are numbers, dates and the like. */
  private static boolean hasValues(List<SampleRow> rows, int width) {
    for (int c = 0; c < width; c++) {
      int column = c;
      long values =
          rows.stream()
              .filter(row -> row.width() == width && CellText.isValue(row.cells().get(column)))
              .count();
      if (values >= rows.size() * 0.5) {
        return true;
      }
    }
    return false;
  }

  private static double known(String cell, boolean quoted) {
    if (quoted) {
      return 1;
    } else if (cell.isEmpty()) {
      return 0.9;
    }
    return cell.length() < 200 && KNOWN.matcher(cell).matches() ? 1 : 0.3;
  }

  /** A delimiter that stands nowhere alone is twice itself. */
  private static Marks doubled(String text, Marks marks) {
    String one = marks.delimiter();
    String two = one + one;
    if (one.equals(" ") || one.equals("\t") || !text.contains(two)) {
      return marks;
    }
    String rest = text.replace(two, "");
    Marks wide = new Marks(two, marks.quote(), marks.escape(), marks.comment());
    return rest.contains(one) || SampleRow.of(text, wide).stream().allMatch(r -> r.width() < 2)
        ? marks
        : wide;
  }
}
