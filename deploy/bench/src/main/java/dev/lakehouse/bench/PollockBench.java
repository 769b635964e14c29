package dev.lakehouse.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of the Pollock benchmark of CSV readers, read with nothing said, beside DuckDB. The
 * files are not part of this project: a checkout of the benchmark's repository has them.
 *
 * @see <a href="https://www.vldb.org/pvldb/vol16/p1870-vitagliano.pdf">Vitagliano et al.: Pollock:
 *     A Data Loading Benchmark</a>
 */
final class PollockBench {
  private static final String SYSTEMS_OPTIONS =
      ", strict_mode=false, ignore_errors=true, null_padding=true";

  private PollockBench() {}

  /** What one system made of all files. */
  private static final class Total {
    private double simple;
    private double weighted;
    private double weights;
    private int files;

    void add(double score, double weight) {
      simple += score;
      weighted += score * weight;
      weights += weight;
      files++;
    }

    String line(String system) {
      return String.format(
          Locale.ROOT,
          "| %s | %.3f | %s |",
          system,
          simple / files,
          weights == 0 ? "" : String.format(Locale.ROOT, "%.3f", weighted / weights));
    }
  }

  /**
   * Scores all files of one of its sets.
   *
   * @param checkout of the benchmark's repository
   * @param set {@code polluted_files} or {@code survey_sample}
   */
  static void run(Path checkout, String set) throws IOException, SQLException {
    Map<String, Double> weights =
        new ObjectMapper()
            .readValue(checkout.resolve("pollock_weights.json").toFile(), new TypeReference<>() {});
    Path files = checkout.resolve(set);
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      Map<String, CsvPeer> systems = new LinkedHashMap<>();
      systems.put("**ours**", CsvPeer.ours());
      systems.put("DuckDB, automatic", CsvPeer.duckDb(duckdb, ""));
      systems.put("DuckDB, as the benchmark sets it", CsvPeer.duckDb(duckdb, SYSTEMS_OPTIONS));
      Map<String, Total> totals = new LinkedHashMap<>();
      int count = 0;
      for (Path file : list(files.resolve("csv"))) {
        String name = file.getFileName().toString();
        List<List<String>> clean = clean(files.resolve("clean").resolve(name));
        for (Map.Entry<String, CsvPeer> system : systems.entrySet()) {
          double score = PollockScore.of(clean, system.getValue().read(file));
          totals
              .computeIfAbsent(system.getKey(), named -> new Total())
              .add(score, weights.getOrDefault(name, 0.0));
        }
        count++;
      }
      System.out.printf("| %s, %d files | simple | weighted |%n|---|---:|---:|%n", set, count);
      totals.forEach((system, total) -> System.out.println(total.line(system)));
      System.out.println();
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
  }

  private static List<List<String>> clean(Path file) throws IOException {
    String text = Files.readString(file);
    List<List<String>> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .skipEmptyLines(true)
            .ofCsvRecord(text.startsWith("\ufeff") ? text.substring(1) : text)) {
      records.forEach(each -> rows.add(each.getFields()));
    }
    return rows;
  }
}
