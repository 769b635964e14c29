package dev.lakehouse.ingest.csv;

import dev.lakehouse.ingest.csv.Dialect.Marks;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/**
 * A record of a file's first part.
 *
 * @param quoted whether each cell stood in quotes
 * @param flawed whether something is wrong with the record as such
 */
record SampleRow(List<String> cells, List<Boolean> quoted, boolean flawed) {
  private static final int MOST = 250;

  /** The first records, as these marks cut them. */
  static List<SampleRow> of(String text, Marks marks) {
    List<SampleRow> rows = new ArrayList<>();
    try (CsvRows read = CsvRows.of(new StringReader(text), marks)) {
      RowBuffer row = read.row();
      while (rows.size() < MOST && read.next()) {
        List<String> cells = new ArrayList<>(row.fields());
        List<Boolean> quoted = new ArrayList<>(row.fields());
        for (int i = 0; i < row.fields(); i++) {
          cells.add(row.text(i));
          quoted.add(row.isQuoted(i));
        }
        rows.add(new SampleRow(cells, quoted, !row.flaw().isEmpty()));
      }
    } catch (IOException e) {
      throw new IllegalStateException("text in memory can be read", e);
    }
    return rows;
  }

  int width() {
    return cells.size();
  }

  long filled() {
    return cells.stream().filter(cell -> !cell.isBlank()).count();
  }

  boolean lastIsEmpty() {
    return !cells.isEmpty() && cells.get(cells.size() - 1).isBlank();
  }
}
