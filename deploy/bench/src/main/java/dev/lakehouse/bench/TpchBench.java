package dev.lakehouse.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * TPC-H's 22 queries over HTTP, on tables that came in as files, beside plain DuckDB on the same
 * Parquet; answers are compared.
 */
final class TpchBench {
  private TpchBench() {}

  /**
   * Prints a line for each query.
   *
   * @param scale 1 is 6 million line items
   */
  static void run(Stack stack, Path work, double scale, int runs)
      throws IOException, InterruptedException, SQLException {
    Client client = stack.client();
    for (TpchTable<?> table : TpchTable.getTables()) {
      String id = client.upload(file(table, work, scale), table.getTableName());
      String state;
      do {
        Thread.sleep(200);
        state = client.get("/ingest/" + id).path("state").asText();
      } while (!state.equals("done"));
    }
    System.out.printf(
        Locale.ROOT,
        "%n### TPC-H at scale factor %s, median of %d%n%n| | over HTTP, ms | plain DuckDB, ms |"
            + " ratio |%n|---|---:|---:|---:|%n",
        scale,
        runs);
    double all = 0;
    double allPlain = 0;
    try (Connection duckdb = Peers.duckdb()) {
      views(stack, duckdb);
      Asked ours = Asked.overHttp(client);
      Asked plainly = Asked.overJdbc(duckdb);
      for (Map.Entry<String, String> query : queries().entrySet()) {
        Samples asking = new Samples();
        Samples plain = new Samples();
        for (int run = -1; run < runs; run++) {
          long start = System.nanoTime();
          List<String> rows = ours.rows(query.getValue());
          double asked = (System.nanoTime() - start) / 1e6;
          start = System.nanoTime();
          List<String> expected = plainly.rows(query.getValue());
          double peer = (System.nanoTime() - start) / 1e6;
          if (!rows.equals(expected)) {
            throw new IllegalStateException(
                query.getKey() + " answers " + rows + " not " + expected);
          }
          if (run >= 0) {
            asking.add(asked);
            plain.add(peer);
          }
        }
        line(query.getKey(), asking.median(), plain.median());
        all += asking.median();
        allPlain += plain.median();
      }
    }
    line("all", all, allPlain);
  }

  private static void line(String what, double ours, double plain) {
    System.out.printf(
        Locale.ROOT, "| %s | %.1f | %.1f | %.2f |%n", what, ours, plain, ours / plain);
  }

  private static <E extends TpchEntity> Path file(TpchTable<E> table, Path work, double scale)
      throws IOException {
    Path file = work.resolve(table.getTableName() + ".csv");
    try (BufferedWriter out = Files.newBufferedWriter(file, UTF_8)) {
      out.write(
          table.getColumns().stream()
              .map(TpchColumn::getColumnName)
              .collect(Collectors.joining("|")));
      out.newLine();
      for (E row : table.createGenerator(scale, 1, 1)) {
        String line = row.toLine();
        out.write(line, 0, line.endsWith("|") ? line.length() - 1 : line.length());
        out.newLine();
      }
    }
    return file;
  }

  private static void views(Stack stack, Connection duckdb) throws IOException, SQLException {
    try (Statement statement = duckdb.createStatement()) {
      for (TpchTable<?> table : TpchTable.getTables()) {
        String files =
            stack.files(table.getTableName()).stream()
                .map(file -> "'" + file + "'")
                .collect(Collectors.joining(", ", "[", "]"));
        statement.execute(
            "CREATE VIEW "
                + table.getTableName()
                + " AS SELECT * FROM read_parquet("
                + files
                + ")");
      }
    }
  }

  /** The queries that the query service's tests use. */
  private static Map<String, String> queries() throws IOException {
    Path root = Path.of(System.getProperty("lakehouse.root", ".")).toAbsolutePath();
    Path text = root.resolve("query-service/src/test/resources/sql/tpch.sql");
    Map<String, String> queries = new LinkedHashMap<>();
    for (String part : Files.readString(text).split("(?m)^-- (?=q)", -1)) {
      int end = part.indexOf('\n');
      if (part.startsWith("q")) {
        queries.put(part.substring(0, end), part.substring(end + 1).strip());
      }
    }
    return queries;
  }
}
