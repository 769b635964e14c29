package dev.lakehouse.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.format.FileProfile;
import dev.lakehouse.ingest.format.FileSource;
import dev.lakehouse.ingest.format.RowStream;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.schema.Column;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of polluted files is read right, beside DuckDB on the same files in the same run. */
class PollutionTest {
  /** A table as it was read: names, and cells as text. */
  private record Table(List<String> header, List<List<String>> rows) {}

  private interface Reader {
    Optional<Table> read(PollutedFile file) throws IOException, SQLException;
  }

  @Test
  void pollutedFilesAreReadBetterThanDuckDbReadsThem(@TempDir Path dir)
      throws IOException, SQLException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      StringBuilder report = new StringBuilder("| file | ours | DuckDB | DuckDB, lenient |\n");
      report.append("|---|---:|---:|---:|\n");
      double[] sums = new double[3];
      List<PollutedFile> files = PollutedFile.all();
      for (PollutedFile file : files) {
        double[] scores = {
          score(PollutionTest::ours, file),
          score(one -> duckdb(duckdb, dir, one, ""), file),
          score(one -> duckdb(duckdb, dir, one, ", ignore_errors=true, strict_mode=false"), file)
        };
        for (int i = 0; i < sums.length; i++) {
          sums[i] += scores[i] / files.size();
        }
        report.append(line(file.name(), scores));
      }
      report.append(line("**all " + files.size() + "**", sums));
      Files.writeString(Path.of("target", "pollution.md"), report);
      assertThat(sums[0]).as(report.toString()).isGreaterThan(9.8);
      assertThat(sums[0]).isGreaterThan(Math.max(sums[1], sums[2]));
    }
  }

  private static String line(String name, double[] scores) {
    return String.format(
        Locale.ROOT, "| %s | %.2f | %.2f | %.2f |%n", name, scores[0], scores[1], scores[2]);
  }

  /** Of 10: a quarter each for being read at all, the names, the records, the cells. */
  private static double score(Reader reader, PollutedFile file) throws IOException, SQLException {
    Optional<Table> read = reader.read(file);
    if (read.isEmpty()) {
      return 0;
    }
    List<String> cells = new ArrayList<>();
    file.rows().forEach(cells::addAll);
    List<String> readCells = new ArrayList<>();
    read.get().rows().forEach(readCells::addAll);
    return 2.5
        * (1
            + f1(file.header(), read.get().header())
            + f1(rows(file.rows()), rows(read.get().rows()))
            + f1(normal(cells), normal(readCells)));
  }

  private static List<String> rows(List<List<String>> rows) {
    return rows.stream().map(row -> String.join("\u0000", normal(row))).toList();
  }

  private static List<String> normal(List<String> cells) {
    return cells.stream().map(PollutionTest::normal).toList();
  }

  /** Numbers are compared as numbers unless they are codes. */
  private static String normal(String cell) {
    boolean number = cell.matches("-?(0|[1-9]\\d*)(\\.\\d+)?");
    String text = cell.replace("\r\n", "\n").replace('\r', '\n');
    return number ? new BigDecimal(cell).stripTrailingZeros().toPlainString() : text;
  }

  private static double f1(List<String> expected, List<String> read) {
    if (expected.isEmpty() && read.isEmpty()) {
      return 1;
    }
    Map<String, Integer> left = new HashMap<>();
    expected.forEach(one -> left.merge(one, 1, Integer::sum));
    int found = 0;
    for (String one : read) {
      if (left.merge(one, -1, Integer::sum) >= 0) {
        found++;
      }
    }
    return 2.0 * found / (expected.size() + read.size());
  }

  private static Optional<Table> ours(PollutedFile file) throws IOException {
    FileSource source =
        new FileSource() {
          @Override
          public String name() {
            return "a.csv";
          }

          @Override
          public InputStream open() {
            return new ByteArrayInputStream(file.bytes());
          }
        };
    CsvFormat format = new CsvFormat();
    try {
      FileProfile profile = format.profile(source, Map.of());
      SchemaEvolution.Evolved evolved =
          SchemaEvolution.evolve("polluted", Optional.empty(), profile.columns());
      List<List<String>> rows = new ArrayList<>();
      try (RowStream read =
          format.open(source, profile.dialect(), evolved.schema(), evolved.fields())) {
        while (read.next()) {
          if (read.fit().isEmpty()) {
            rows.add(landed(read, evolved.schema()));
          }
        }
      }
      return Optional.of(new Table(profile.columns().stream().map(Column::name).toList(), rows));
    } catch (UnreadableFileException e) {
      return Optional.empty();
    }
  }

  private static List<String> landed(RowStream read, Schema schema) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
    read.write(out);
    out.flush();
    GenericRecord record =
        new GenericDatumReader<GenericRecord>(schema)
            .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    List<String> cells = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      cells.add(text(record.get(field.pos()), SchemaEvolution.valueType(field.schema())));
    }
    return cells;
  }

  private static String text(Object value, Schema type) {
    if (value == null) {
      return "";
    } else if (type.getLogicalType() instanceof LogicalTypes.Date) {
      return LocalDate.ofEpochDay((Integer) value).toString();
    } else if (value instanceof ByteBuffer bytes
        && type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      byte[] unscaled = new byte[bytes.remaining()];
      bytes.duplicate().get(unscaled);
      return new BigDecimal(new java.math.BigInteger(unscaled), decimal.getScale()).toPlainString();
    }
    return value instanceof Double number
        ? BigDecimal.valueOf(number).toPlainString()
        : value.toString();
  }

  private static Optional<Table> duckdb(
      Connection duckdb, Path dir, PollutedFile file, String settings) throws IOException {
    Path path = dir.resolve("polluted.csv");
    Files.write(path, file.bytes());
    List<String> header = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    try (PreparedStatement query =
        duckdb.prepareStatement(
            "SELECT * FROM read_csv('"
                + path.toString().replace("'", "''")
                + "'"
                + settings
                + ")")) {
      ResultSet result = query.executeQuery();
      int columns = result.getMetaData().getColumnCount();
      for (int i = 1; i <= columns; i++) {
        // What DuckDB calls column0 is column_1 here: neither found a name.
        String name = result.getMetaData().getColumnName(i);
        header.add(name.matches("column\\d+") ? "column_" + i : name);
      }
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          String cell = result.getString(i);
          cells.add(cell == null ? "" : cell);
        }
        rows.add(cells);
      }
      return Optional.of(new Table(header, rows));
    } catch (SQLException e) {
      return Optional.empty();
    }
  }
}
