package dev.lakehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * An aggregate over HTTP, first after a start and warm, beside plain DuckDB on the same Parquet.
 */
final class QueryBench {
  private static final String SQL =
      "SELECT region, count(*), sum(price * qty), avg(qty) FROM %s GROUP BY region ORDER BY region";
  private static final int WARM_UP = 5;

  private QueryBench() {}

  static void run(Stack stack, Path work, long rows, int runs)
      throws IOException, InterruptedException, SQLException {
    String id = stack.client().upload(Rows.csv(work, rows), "asked");
    JsonNode ingest;
    do {
      Thread.sleep(100);
      ingest = stack.client().get("/ingest/" + id);
    } while (!ingest.path("state").asText().equals("done"));
    List<Path> files = stack.files("asked");

    Samples first = new Samples();
    Samples firstPeer = new Samples();
    for (int run = 0; run < Math.min(runs, 3); run++) {
      stack.restart();
      Client client = stack.client();
      client.get("/health");
      long start = System.nanoTime();
      client.cell(String.format(Locale.ROOT, SQL, "asked"));
      first.since(start);
      try (Connection duckdb = Peers.duckdb()) {
        firstPeer.add(Peers.query(duckdb, files, String.format(Locale.ROOT, SQL, "t")));
      }
    }
    Samples warm = new Samples();
    Samples empty = new Samples();
    Samples peer = new Samples();
    Client client = stack.client();
    try (Connection duckdb = Peers.duckdb()) {
      for (int run = -WARM_UP; run < runs * 5; run++) {
        long start = System.nanoTime();
        client.cell(String.format(Locale.ROOT, SQL, "asked"));
        double asked = (System.nanoTime() - start) / 1e6;
        double plain = Peers.query(duckdb, files, String.format(Locale.ROOT, SQL, "t"));
        start = System.nanoTime();
        client.cell("SELECT 1");
        double one = (System.nanoTime() - start) / 1e6;
        if (run >= 0) {
          warm.add(asked);
          peer.add(plain);
          empty.add(one);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%n### Aggregate over %,d rows in %d files%n%n| | over HTTP, ms | plain DuckDB, ms | ratio |%n"
            + "|---|---:|---:|---:|%n",
        rows,
        files.size());
    line("first after start", first, firstPeer);
    line("warm", warm, peer);
    System.out.printf(Locale.ROOT, "| `SELECT 1`, warm | %.1f | | |%n", empty.median());
  }

  private static void line(String what, Samples ours, Samples theirs) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.2f |%n",
        what,
        ours.median(),
        theirs.median(),
        ours.median() / theirs.median());
  }
}
