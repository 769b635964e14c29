package dev.lakehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * Questions to one table over HTTP: first after a start, warm, and with the table in memory; alone
 * and with many at once. Beside it plain DuckDB on the same Parquet, turn by turn; answers are
 * compared.
 */
final class QueryBench {
  private static final String TABLE = "asked";
  private static final int WARM_UP = 5;

  /** Rounds through all questions before anything that is called warm. */
  private static final int ROUNDS = 40;

  private static final long CROWD_MILLIS = 3_000;

  private final Stack stack;
  private final long rows;
  private final int runs;
  private final List<Path> files;
  private final List<Map.Entry<String, String>> questions;

  private QueryBench(Stack stack, long rows, int runs, List<Path> files) {
    this.stack = stack;
    this.rows = rows;
    this.runs = runs;
    this.files = files;
    this.questions = Asked.questions(TABLE, rows);
  }

  static void run(Stack stack, Path work, long rows, int runs)
      throws IOException, InterruptedException, SQLException {
    String id = stack.client().upload(Rows.csv(work, rows), TABLE);
    JsonNode ingest;
    do {
      Thread.sleep(100);
      ingest = stack.client().get("/ingest/" + id);
    } while (!ingest.path("state").asText().equals("done"));
    QueryBench bench = new QueryBench(stack, rows, runs, stack.files(TABLE));
    try (Connection duckdb = bench.duckdb()) {
      bench.alone(duckdb);
      bench.fixed(duckdb);
      bench.many(duckdb);
    }
  }

  /** Plain DuckDB with the table as a view over its files, without the columns that we add. */
  private Connection duckdb() throws SQLException {
    Connection connection = Peers.duckdb();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE VIEW "
              + TABLE
              + " AS SELECT id, sold_at, region, product, price, qty FROM read_parquet("
              + files.stream()
                  .map(file -> "'" + file + "'")
                  .collect(Collectors.joining(", ", "[", "]"))
              + ")");
    }
    return connection;
  }

  private void alone(Connection duckdb) throws IOException, InterruptedException, SQLException {
    Map<String, Samples> first = new LinkedHashMap<>();
    Map<String, Samples> firstPlain = new LinkedHashMap<>();
    for (Map.Entry<String, String> question : questions) {
      for (int run = 0; run < Math.min(runs, 3); run++) {
        stack.restart();
        stack.client().get("/health");
        Asked ours = Asked.overHttp(stack.client());
        time(ours, question.getValue(), samples(first, question));
        try (Connection fresh = duckdb()) {
          time(Asked.overJdbc(fresh), question.getValue(), samples(firstPlain, question));
        }
      }
    }
    Map<String, Samples> warm = new LinkedHashMap<>();
    Map<String, Samples> plain = new LinkedHashMap<>();
    Asked ours = Asked.overHttp(stack.client());
    Asked peer = Asked.overJdbc(duckdb);
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, String> question : questions) {
        ours.rows(question.getValue());
      }
    }
    compared(ours, peer, warm, plain);
    String loaded = pin();
    Map<String, Samples> hot = new LinkedHashMap<>();
    compared(ours, peer, hot, plain);
    System.out.printf(
        Locale.ROOT,
        "%n### Questions to a table of %,d rows in %d files%n%n%s%n%n| | first after start, ms |"
            + " plain DuckDB, first | warm, ms | in memory, ms | plain DuckDB, ms | warm ratio | in"
            + " memory ratio |%n|---|---:|---:|---:|---:|---:|---:|---:|%n",
        rows,
        files.size(),
        loaded);
    for (Map.Entry<String, String> question : questions) {
      String name = question.getKey();
      System.out.printf(
          Locale.ROOT,
          "| %s | %.1f | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f |%n",
          name,
          median(first, name),
          median(firstPlain, name),
          median(warm, name),
          median(hot, name),
          median(plain, name),
          median(warm, name) / median(plain, name),
          median(hot, name) / median(plain, name));
    }
  }

  /** Both are asked everything in turns. */
  private void compared(
      Asked ours, Asked peer, Map<String, Samples> warm, Map<String, Samples> plain)
      throws IOException, InterruptedException, SQLException {
    for (Map.Entry<String, String> question : questions) {
      for (int run = -WARM_UP; run < runs * 5; run++) {
        boolean counts = run >= 0;
        List<String> answer =
            time(ours, question.getValue(), counts ? samples(warm, question) : new Samples());
        List<String> expected =
            time(peer, question.getValue(), counts ? samples(plain, question) : new Samples());
        if (!answer.equals(expected)) {
          throw new IllegalStateException(
              question.getKey() + " answers " + answer + " not " + expected);
        }
      }
    }
  }

  private static double median(Map<String, Samples> of, String question) {
    return of.getOrDefault(question, new Samples()).median();
  }

  private static Samples samples(Map<String, Samples> of, Map.Entry<String, String> question) {
    return of.computeIfAbsent(question.getKey(), fresh -> new Samples());
  }

  private static List<String> time(Asked asked, String sql, Samples into)
      throws IOException, InterruptedException, SQLException {
    long start = System.nanoTime();
    List<String> rows = asked.rows(sql);
    into.since(start);
    return rows;
  }

  /** Has the table in memory; says what that took. */
  private String pin() throws IOException, InterruptedException {
    Client client = stack.client();
    client.post("/query/cache/pin", Map.of("table", TABLE));
    JsonNode table;
    do {
      Thread.sleep(50);
      table = client.get("/query/cache/stats").path("tables").path(0);
      if (table.path("state").asText().matches("TOO_BIG|FAILED")) {
        throw new IOException(table.toString());
      }
    } while (!table.path("state").asText().equals("READY"));
    return String.format(
        Locale.ROOT,
        "In memory it takes %.1f MiB and was loaded in %d ms.",
        table.path("bytes").asLong() / 1048576.0,
        table.path("loadMs").asLong());
  }

  /** What any query takes at least, and what of it is not ours. */
  private void fixed(Connection duckdb) throws IOException, InterruptedException, SQLException {
    Client client = stack.client();
    Asked ours = Asked.overHttp(client);
    Asked peer = Asked.overJdbc(duckdb);
    Samples one = new Samples();
    Samples plain = new Samples();
    Samples empty = new Samples();
    for (int run = 0; run < runs * 40; run++) {
      time(ours, "SELECT 1", one);
      time(peer, "SELECT 1", plain);
      long start = System.nanoTime();
      client.text("/no/such/route");
      empty.since(start);
    }
    System.out.printf(
        Locale.ROOT,
        "%n| | ms |%n|---|---:|%n| `SELECT 1` over HTTP | %.2f |%n| `SELECT 1` by plain DuckDB |"
            + " %.2f |%n| an answer of the HTTP server to a route that there is not | %.2f |%n",
        one.median(),
        plain.median(),
        empty.median());
  }

  private void many(Connection duckdb) throws IOException, InterruptedException, SQLException {
    System.out.printf(
        Locale.ROOT,
        "%n| | clients | files: queries/s (median, p95 ms) | in memory | plain DuckDB |%n"
            + "|---|---:|---:|---:|---:|%n");
    List<Connection> open = new ArrayList<>();
    Callable<Asked> ours = () -> Asked.overHttp(stack.client());
    Callable<Asked> peer =
        () -> {
          open.add(duckdb.unwrap(DuckDBConnection.class).duplicate());
          return Asked.overJdbc(open.get(open.size() - 1));
        };
    for (Map.Entry<String, String> question : questions) {
      if (question.getKey().equals("aggregate") || question.getKey().equals("look-up")) {
        for (int clients : List.of(1, 8, 64)) {
          Crowd crowd = new Crowd(clients, CROWD_MILLIS);
          Crowd.Result hot = crowd.ask(ours, question.getValue());
          stack.client().post("/query/cache/evict", Map.of("table", TABLE));
          Crowd.Result warm = crowd.ask(ours, question.getValue());
          Crowd.Result plain = crowd.ask(peer, question.getValue());
          pin();
          System.out.printf(
              Locale.ROOT,
              "| %s | %d | %s | %s | %s |%n",
              question.getKey(),
              clients,
              text(warm),
              text(hot),
              text(plain));
        }
      }
    }
    for (Connection each : open) {
      each.close();
    }
  }

  private static String text(Crowd.Result result) {
    return String.format(
        Locale.ROOT, "%.0f (%.0f, %.0f)", result.perSecond(), result.median(), result.p95());
  }
}
