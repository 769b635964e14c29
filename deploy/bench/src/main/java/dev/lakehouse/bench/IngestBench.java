package dev.lakehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** From upload to queryable, beside a plain producer and beside DuckDB's own copy. */
final class IngestBench {
  private static final int POLL_MILLIS = 20;

  private IngestBench() {}

  static void run(Stack stack, Path work, long rows, int runs)
      throws IOException, InterruptedException, SQLException {
    Path csv = Rows.csv(work, rows);
    double mib = Files.size(csv) / 1048576.0;
    Samples answered = new Samples();
    Samples read = new Samples();
    Samples queryable = new Samples();
    Samples producer = new Samples();
    Samples copy = new Samples();
    Client client = stack.client();
    try (Connection duckdb = Peers.duckdb()) {
      for (int run = 0; run <= runs; run++) {
        Samples[] into =
            run == 0
                ? new Samples[] {
                  new Samples(), new Samples(), new Samples(), new Samples(), new Samples()
                }
                : new Samples[] {answered, read, queryable, producer, copy};
        upload(client, csv, "sales_" + run, into);
        into[3].add(Peers.produce(stack, "peer-" + run, rows));
        Path parquet = work.resolve("copy.parquet");
        into[4].add(Peers.copy(duckdb, csv, parquet));
        Files.deleteIfExists(parquet);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%n### Ingest: %,d rows, %.0f MiB of CSV, medians of %d%n%n"
            + "| | ms (least–most) | rows/s | MiB/s |%n|---|---:|---:|---:|%n",
        rows,
        mib,
        runs);
    line("upload answered", answered, rows, mib);
    line("every row on its topic", read, rows, mib);
    line("**queryable**", queryable, rows, mib);
    line("plain Kafka producer, same rows, same broker", producer, rows, mib);
    line("DuckDB CSV→Parquet copy", copy, rows, mib);
    System.out.printf(
        Locale.ROOT,
        "%nupload to queryable takes %.2f× the plain producer and %.2f× DuckDB's copy%n",
        queryable.median() / producer.median(),
        queryable.median() / copy.median());
  }

  /** Uploads the file and notes when it was answered, when read, and when queryable. */
  static void upload(Client client, Path csv, String dataset, Samples[] into)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    String id = client.upload(csv, dataset);
    into[0].since(start);
    boolean readSeen = false;
    while (true) {
      JsonNode ingest = client.get("/ingest/" + id);
      String state = ingest.path("state").asText();
      if (!readSeen && (state.equals("landing") || state.equals("done"))) {
        into[1].since(start);
        readSeen = true;
      }
      if (state.equals("done")) {
        into[2].since(start);
        return;
      }
      if (state.equals("failed") || state.equals("rejected")) {
        throw new IOException(ingest.toString());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  static void line(String what, Samples samples, long rows, double mib) {
    double seconds = samples.median() / 1000;
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %,.0f | %.1f |%n",
        what,
        samples.text(),
        rows / seconds,
        mib / seconds);
  }
}
