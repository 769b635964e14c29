package dev.lakehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** The same rows in several formats, from upload to queryable, beside DuckDB's copy of each. */
final class FormatBench {
  private static final int POLL_MILLIS = 20;

  private FormatBench() {}

  /** A format, DuckDB's function that reads it, and how DuckDB is asked to write it. */
  private enum Format {
    csv("read_csv", ""),
    ndjson("read_json", "FORMAT json"),
    json("read_json", "FORMAT json, ARRAY true"),
    parquet("read_parquet", "FORMAT parquet, COMPRESSION zstd");

    private final String reader;
    private final String written;

    Format(String reader, String written) {
      this.reader = reader;
      this.written = written;
    }
  }

  static void run(Stack stack, Path work, long rows, int runs)
      throws IOException, InterruptedException, SQLException {
    Client client = stack.client();
    System.out.printf(
        Locale.ROOT,
        "%n### Formats: %,d rows, medians of %d%n%n"
            + "| | MiB | every row on its topic, ms (least–most) | MiB/s |"
            + " queryable, ms | MiB/s | DuckDB's copy to Parquet, ms | MiB/s |%n"
            + "|---|---:|---:|---:|---:|---:|---:|---:|%n",
        rows,
        runs);
    try (Connection duckdb = Peers.duckdb()) {
      for (Format format : Format.values()) {
        Path file = file(duckdb, format, work, rows);
        Samples read = new Samples();
        Samples queryable = new Samples();
        Samples copy = new Samples();
        for (int run = 0; run <= runs; run++) {
          boolean counts = run > 0;
          upload(
              client,
              file,
              format + "_" + run,
              counts ? read : new Samples(),
              counts ? queryable : new Samples());
          double copied = copy(duckdb, format, file, work.resolve("copy.parquet"));
          if (counts) {
            copy.add(copied);
          }
        }
        double mib = Files.size(file) / 1048576.0;
        System.out.printf(
            Locale.ROOT,
            "| %s | %.0f | %s | %.1f | %s | %.1f | %s | %.1f |%n",
            format,
            mib,
            read.text(),
            mib / read.median() * 1000,
            queryable.text(),
            mib / queryable.median() * 1000,
            copy.text(),
            mib / copy.median() * 1000);
      }
    }
  }

  private static Path file(Connection duckdb, Format format, Path work, long rows)
      throws IOException, SQLException {
    Path csv = Rows.csv(work, rows);
    Path file = work.resolve("sales-" + rows + "." + format);
    if (format != Format.csv && !Files.exists(file)) {
      execute(
          duckdb,
          "COPY (SELECT * FROM read_csv('"
              + csv
              + "')) TO '"
              + file
              + "' ("
              + format.written
              + ")");
    }
    return file;
  }

  private static double copy(Connection duckdb, Format format, Path file, Path parquet)
      throws SQLException, IOException {
    long start = System.nanoTime();
    execute(
        duckdb,
        "COPY (SELECT * FROM "
            + format.reader
            + "('"
            + file
            + "')) TO '"
            + parquet
            + "' (FORMAT parquet, COMPRESSION zstd)");
    double millis = (System.nanoTime() - start) / 1e6;
    Files.deleteIfExists(parquet);
    return millis;
  }

  private static void execute(Connection duckdb, String sql) throws SQLException {
    try (Statement statement = duckdb.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void upload(
      Client client, Path file, String dataset, Samples read, Samples queryable)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    String id = client.upload(file, dataset);
    boolean readSeen = false;
    while (true) {
      JsonNode ingest = client.get("/ingest/" + id);
      String state = ingest.path("state").asText();
      if (!readSeen && (state.equals("landing") || state.equals("done"))) {
        read.since(start);
        readSeen = true;
      }
      if (state.equals("done")) {
        queryable.since(start);
        return;
      } else if (state.equals("failed") || state.equals("rejected")) {
        throw new IOException(ingest.toString());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
