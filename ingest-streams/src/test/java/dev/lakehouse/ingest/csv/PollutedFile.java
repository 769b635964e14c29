package dev.lakehouse.ingest.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One table, written in one of the many ways that files are found in, and what can be known of it
 * whatever the way. After the idea of the Pollock benchmark: one pollution a file.
 *
 * @see <a href="https://www.vldb.org/pvldb/vol16/p1870-vitagliano.pdf">Vitagliano et al.: Pollock,
 *     A Data Loading Benchmark</a>
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PollutedFile(String name, byte[] bytes, List<String> header, List<List<String>> rows) {
  private static final List<String> HEADER =
      List.of("id", "name", "zip", "amount", "day", "active", "note", "city");
  private static final int ROWS = 60;

  private static List<List<String>> base() {
    List<List<String>> rows = new ArrayList<>();
    List<String> cities = List.of("Zürich", "Köln", "São Paulo", "Paris", "Malmö");
    for (int i = 1; i <= ROWS; i++) {
      rows.add(
          List.of(
              Integer.toString(i * 7),
              "Person " + (char) ('A' + i % 26) + (char) ('a' + i * 3 % 26),
              String.format("%05d", i * 131),
              String.format("%d.%02d", i * 3, i % 100),
              String.format("2024-%02d-%02d", 1 + i % 12, 1 + i % 28),
              i % 3 == 0 ? "true" : "false",
              i % 10 == 0 ? "late, and \"torn\"" : i % 7 == 0 ? "first\nsecond" : "fine " + i,
              cities.get(i % cities.size())));
    }
    return rows;
  }

  /** How a table is written. */
  private record Style(String delimiter, String quote, String escape, String end, boolean all) {
    static final Style COMMON = new Style(",", "\"", "\"", "\n", false);

    String line(List<String> cells) {
      return cells.stream().map(this::cell).collect(Collectors.joining(delimiter)) + end;
    }

    private String cell(String cell) {
      boolean plain =
          !all && !cell.contains(delimiter) && !cell.contains("\n") && !cell.contains(quote);
      return plain ? cell : quote + cell.replace(quote, escape + quote) + quote;
    }

    String text(List<String> header, List<List<String>> rows) {
      return (header.isEmpty() ? "" : line(header))
          + rows.stream().map(this::line).collect(Collectors.joining());
    }
  }

  private static final class Files {
    private final List<PollutedFile> files = new ArrayList<>();

    void add(String name, byte[] bytes, List<String> header, List<List<String>> rows) {
      files.add(new PollutedFile(name, bytes, header, rows));
    }

    void add(String name, String text) {
      add(name, text.getBytes(UTF_8), HEADER, base());
    }

    void add(String name, String text, List<String> header, List<List<String>> rows) {
      add(name, text.getBytes(UTF_8), header, rows);
    }

    void style(String name, Style style) {
      add(name, style.text(HEADER, base()));
    }
  }

  /** Every file. */
  static List<PollutedFile> all() {
    Files files = new Files();
    encodings(files);
    styles(files);
    layouts(files);
    brokenRows(files);
    combinations(files);
    return files.files;
  }

  private static String clean() {
    return Style.COMMON.text(HEADER, base());
  }

  private static byte[] marked(Charset charset, String text) {
    return ("\uFEFF" + text).getBytes(charset);
  }

  private static void encodings(Files files) {
    files.add("clean", clean());
    files.add("UTF-8 with mark", marked(UTF_8, clean()), HEADER, base());
    files.add("UTF-16 LE with mark", marked(UTF_16LE, clean()), HEADER, base());
    files.add("UTF-16 BE with mark", marked(UTF_16BE, clean()), HEADER, base());
    files.add("UTF-16 LE", clean().getBytes(UTF_16LE), HEADER, base());
    files.add("UTF-16 BE", clean().getBytes(UTF_16BE), HEADER, base());
    files.add("Latin-1", clean().getBytes(ISO_8859_1), HEADER, base());
    files.add("Windows-1252", clean().getBytes(Charset.forName("windows-1252")), HEADER, base());
  }

  private static void styles(Files files) {
    for (String delimiter : List.of(";", "\t", "|", ":", "^", "~", "||", "::", "\u0001")) {
      String shown = delimiter.replace("\t", "tab").replace("\u0001", "ctrl-A");
      files.style("delimiter " + shown, new Style(delimiter, "\"", "\"", "\n", false));
    }
    List<List<String>> spaceless =
        base().stream().map(r -> r.stream().map(c -> c.replace(" ", "_")).toList()).toList();
    files.add(
        "delimiter space",
        new Style(" ", "\"", "\"", "\n", false).text(HEADER, spaceless),
        HEADER,
        spaceless);
    files.style("quote '", new Style(",", "'", "'", "\n", false));
    files.style("quote ' everywhere", new Style(",", "'", "'", "\n", true));
    files.style("quotes everywhere", new Style(",", "\"", "\"", "\n", true));
    files.style("escape backslash", new Style(",", "\"", "\\", "\n", false));
    files.style("escape backslash, semicolon", new Style(";", "\"", "\\", "\n", true));
    files.style("CRLF", new Style(",", "\"", "\"", "\r\n", false));
    files.style("CR", new Style(",", "\"", "\"", "\r", false));
    String[] lines = clean().split("(?<=(true|false),fine [0-9]{1,2},\\S{1,20})\n", -1);
    files.add("mixed line ends", mixed(lines));
    files.add("no last line end", clean().stripTrailing());
    files.add("blank lines at the end", clean() + "\n\n\n");
    files.add("blank lines at the start", "\n\n" + clean());
    files.add("lines of blanks at the end", clean() + "   \n\t\n");
    files.add("space behind delimiters", clean().replace(",\"", ", \""));
  }

  private static String mixed(String[] lines) {
    StringBuilder text = new StringBuilder();
    String[] ends = {"\n", "\r\n", "\r"};
    for (int i = 0; i < lines.length; i++) {
      text.append(lines[i]).append(i == lines.length - 1 ? "" : ends[i % 3]);
    }
    return text.toString();
  }

  private static List<String> numbered() {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= HEADER.size(); i++) {
      names.add("column_" + i);
    }
    return names;
  }

  private static void layouts(Files files) {
    Style common = Style.COMMON;
    files.add("no header", common.text(List.of(), base()), numbered(), base());
    files.add("header only", common.line(HEADER), HEADER, List.of());
    files.add("one row", common.text(HEADER, base().subList(0, 1)), HEADER, base().subList(0, 1));
    List<List<String>> column = base().stream().map(row -> row.subList(3, 4)).toList();
    files.add("one column", common.text(List.of("amount"), column), List.of("amount"), column);
    List<List<String>> words = base().stream().map(row -> row.subList(1, 2)).toList();
    files.add("one column of text", common.text(List.of("name"), words), List.of("name"), words);
    List<String> upper = List.of("key", "person", "person", "sum", "sum", "state", "state", "at");
    List<String> both = new ArrayList<>();
    for (int i = 0; i < upper.size(); i++) {
      both.add(upper.get(i) + " " + HEADER.get(i));
    }
    files.add("two header lines", common.line(upper) + clean(), both, base());
    files.add("two header lines, spanning", "key,person,,sum,,state,,at\n" + clean(), both, base());
    files.add("preamble of one line", "Sales of 2024\n" + clean());
    files.add("preamble of three lines", "Sales\nby the office\n2024-12-31\n" + clean());
    files.add("preamble and a blank line", "Sales of 2024\n\n" + clean());
    files.add("preamble with commas", "Sales, all regions\nmade by us, for you\n" + clean());
    files.add("preamble of comments", "# made by export 3.1\n# 2024-12-31\n" + clean());
    files.add("preamble as wide as the table", "Sales of 2024,,,,,,,\n,,,,,,,\n" + clean());
    files.add(
        "preamble before semicolons",
        "Report, as of today\n" + new Style(";", "\"", "\"", "\n", false).text(HEADER, base()));
    files.add("footnote", clean() + "Source: our books\n");
    files.add("footnote behind a blank line", clean() + "\nSource: our books\n");
    files.add("footnote as wide as the table", clean() + "Source: our books,,,,,,,\n");
    files.add("total", clean() + "Total,,,5490.00,,,,\n");
    files.add("preamble and footnote", "Sales of 2024\n" + clean() + "* not audited\n");
    String trailing = trailing(clean());
    files.add("trailing delimiter", trailing);
    files.add(
        "trailing delimiter, not in the header",
        common.line(HEADER) + trailing.substring(trailing.indexOf('\n') + 1));
    files.add("header one delimiter longer", common.line(HEADER).strip() + ",\n" + body());
  }

  private static String body() {
    return Style.COMMON.text(List.of(), base());
  }

  private static String trailing(String text) {
    StringBuilder lines = new StringBuilder();
    lines.append(Style.COMMON.line(HEADER).strip()).append(",\n");
    for (List<String> row : base()) {
      String line = Style.COMMON.line(row);
      lines.append(line, 0, line.length() - 1).append(",\n");
    }
    return text.isEmpty() ? "" : lines.toString();
  }

  /** The table with one row's text changed, and that row being no longer expected, or changed. */
  private static void broken(
      Files files, String name, UnaryOperator<String> change, List<List<String>> instead) {
    for (int place : new int[] {0, 30, ROWS - 1}) {
      StringBuilder text = new StringBuilder(Style.COMMON.line(HEADER));
      List<List<String>> expected = new ArrayList<>();
      List<List<String>> base = base();
      for (int i = 0; i < ROWS; i++) {
        String line = Style.COMMON.line(base.get(i));
        if (i == place) {
          text.append(change.apply(line));
          expected.addAll(instead);
        } else {
          text.append(line);
          expected.add(base.get(i));
        }
      }
      files.add(name + " in row " + (place + 1), text.toString(), HEADER, expected);
    }
  }

  private static void brokenRows(Files files) {
    String start = "5,Person Z,00007,1.50,2024-01-01,true,";
    List<String> plain = List.of("5", "Person Z", "00007", "1.50", "2024-01-01", "true");
    broken(
        files,
        "a delimiter missing",
        line -> "5,Person Z,00007,1.50,2024-01-01,x,Bern\n",
        List.of());
    broken(files, "a delimiter too many", line -> start + "fine,Bern,more\n", List.of());
    broken(files, "one cell only", line -> "see below\n", List.of());
    broken(
        files, "empty cells behind the row", line -> start + "fine,Bern,,\n", with(plain, "fine"));
    broken(files, "a delimiter unquoted", line -> start + "late, and torn,Bern\n", List.of());
    broken(files, "a line end unquoted", line -> start + "late\nand torn,Bern\n", List.of());
    broken(files, "a quote inside", line -> start + "a 5\" pipe,Bern\n", with(plain, "a 5\" pipe"));
    broken(
        files,
        "quotes not doubled",
        line -> start + "\"she said \"no\" again\",Bern\n",
        with(plain, "she said \"no\" again"));
    broken(
        files,
        "text behind a quote",
        line -> start + "\"late\" and torn,Bern\n",
        with(plain, "late and torn"));
    broken(files, "a quote not closed", line -> start + "\"late,Bern\n", List.of());
    broken(files, "a blank line before", line -> "\n" + start + "fine,Bern\n", with(plain, "fine"));
  }

  /** Several pollutions in one file, chosen at random and the same every time. */
  private static void combinations(Files files) {
    Random random = new Random(20);
    List<String> delimiters = List.of(",", ";", "\t", "|");
    List<Charset> charsets =
        List.of(UTF_8, Charset.forName("windows-1252"), UTF_16LE, UTF_8, UTF_8);
    List<String> preambles = List.of("", "Sales of 2024\n", "Sales, 2024\n\n", "# made by us\n#\n");
    List<String> footnotes = List.of("", "", "Source: our books\n", "\n* not audited\n");
    List<String> strange = List.of("", "see below\n", "5;6\n", "1,2,3,4,5,6,7,8,9,10\n");
    for (int i = 1; i <= 40; i++) {
      String end = random.nextBoolean() ? "\r\n" : "\n";
      Style style =
          new Style(
              delimiters.get(random.nextInt(delimiters.size())),
              random.nextInt(4) == 0 ? "'" : "\"",
              "",
              end,
              random.nextInt(3) == 0);
      Style doubling = new Style(style.delimiter, style.quote, style.quote, end, style.all);
      int rows = 8 + random.nextInt(ROWS - 8);
      List<List<String>> first = base().subList(0, rows / 2);
      List<List<String>> second = base().subList(rows / 2, rows);
      String text =
          preambles.get(random.nextInt(preambles.size()))
              + doubling.text(HEADER, first)
              + strange.get(random.nextInt(strange.size()))
              + doubling.text(List.of(), second)
              + footnotes.get(random.nextInt(footnotes.size()));
      Charset charset = charsets.get(random.nextInt(charsets.size()));
      byte[] bytes = charset.equals(UTF_16LE) ? marked(charset, text) : text.getBytes(charset);
      files.add("combination " + i, bytes, HEADER, base().subList(0, rows));
    }
  }

  private static List<List<String>> with(List<String> plain, String note) {
    List<String> row = new ArrayList<>(plain);
    row.add(note);
    row.add("Bern");
    return List.of(row);
  }
}
