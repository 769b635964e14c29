package dev.lakehouse.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.embedded.StandaloneTrino;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * TPC-H's 22 queries over HTTP, on tables that came in as files, beside plain DuckDB on the same
 * Parquet, and beside Trino on the same tables where it can be started; answers are compared.
 */
final class TpchBench {
  private TpchBench() {}

  /**
   * Prints a line for each query.
   *
   * @param scale 1 is 6 million line items
   * @param trino where Trino is unpacked, if it is
   */
  static void run(Stack stack, Path work, double scale, int runs, Path trino)
      throws IOException, InterruptedException, SQLException {
    Client client = stack.client();
    for (TpchTable<?> table : TpchTable.getTables()) {
      declare(table, client);
      String id = client.upload(file(table, work, scale), table.getTableName());
      String state;
      do {
        Thread.sleep(200);
        state = client.get("/ingest/" + id).path("state").asText();
      } while (!state.equals("done"));
    }
    String missing = StandaloneTrino.missing(trino).orElse("");
    System.out.printf(
        Locale.ROOT,
        "%n### TPC-H at scale factor %s, median of %d%n%n%s| | over HTTP, ms | plain DuckDB, ms |"
            + " ratio | Trino, ms | ratio |%n|---|---:|---:|---:|---:|---:|%n",
        scale,
        runs,
        missing.isEmpty() ? "" : "Without Trino: " + missing + "\n\n");
    try (Connection duckdb = Peers.duckdb();
        TrinoPeer peer = missing.isEmpty() ? TrinoPeer.start(trino, stack) : TrinoPeer.none()) {
      views(stack, duckdb);
      double[] all = new double[3];
      for (Map.Entry<String, String> query : queries().entrySet()) {
        double[] medians = measure(query, client, duckdb, peer, runs);
        line(query.getKey(), medians);
        for (int i = 0; i < all.length; i++) {
          all[i] += medians[i];
        }
      }
      line("all", all);
    }
  }

  /** With the types of the benchmark, whose numbers with a point are decimals. */
  private static void declare(TpchTable<?> table, Client client)
      throws IOException, InterruptedException {
    List<Map<String, String>> columns = new ArrayList<>();
    for (TpchColumn<?> column : table.getColumns()) {
      String type =
          switch (column.getType().getBase()) {
            case INTEGER -> "int";
            case IDENTIFIER -> "bigint";
            case DATE -> "date";
            case DOUBLE -> "decimal(15,2)";
            case VARCHAR -> "varchar";
          };
      columns.add(Map.of("name", column.getColumnName(), "type", type));
    }
    var unused =
        client.post("/catalog/datasets", Map.of("name", table.getTableName(), "columns", columns));
  }

  /** Medians over HTTP, of plain DuckDB, and of Trino, which is 0 if there is none. */
  private static double[] measure(
      Map.Entry<String, String> query, Client client, Connection duckdb, TrinoPeer trino, int runs)
      throws IOException, InterruptedException, SQLException {
    Samples ours = new Samples();
    Samples plain = new Samples();
    Samples theirs = new Samples();
    for (int run = -1; run < runs; run++) {
      long start = System.nanoTime();
      List<List<String>> rows = rows(client.rows(query.getValue()));
      double asked = (System.nanoTime() - start) / 1e6;
      start = System.nanoTime();
      List<List<String>> expected = rows(duckdb, query.getValue());
      double peer = (System.nanoTime() - start) / 1e6;
      check(query.getKey(), rows, expected);
      double cluster = 0;
      if (trino.connection().isPresent()) {
        start = System.nanoTime();
        List<List<String>> others = rows(trino.connection().get(), query.getValue());
        cluster = (System.nanoTime() - start) / 1e6;
        check(query.getKey() + " of Trino", others, expected);
      }
      if (run >= 0) {
        ours.add(asked);
        plain.add(peer);
        theirs.add(cluster);
      }
    }
    return new double[] {ours.median(), plain.median(), theirs.median()};
  }

  private static void line(String what, double[] medians) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.2f | %s | %s |%n",
        what,
        medians[0],
        medians[1],
        medians[0] / medians[1],
        medians[2] == 0 ? "" : String.format(Locale.ROOT, "%.1f", medians[2]),
        medians[2] == 0 ? "" : String.format(Locale.ROOT, "%.2f", medians[0] / medians[2]));
  }

  private static void check(String what, List<List<String>> rows, List<List<String>> expected) {
    boolean same = rows.size() == expected.size();
    for (int i = 0; same && i < rows.size(); i++) {
      same = rows.get(i).size() == expected.get(i).size();
      for (int c = 0; same && c < rows.get(i).size(); c++) {
        same = isSame(rows.get(i).get(c), expected.get(i).get(c));
      }
    }
    if (!same) {
      throw new IllegalStateException(what + " answers " + rows + " not " + expected);
    }
  }

  /**
   * Numbers within a billionth of their size: a sum of doubles depends on its parts' order. Or
   * rounded: Trino's average of decimals has as many places as they.
   */
  private static boolean isSame(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    try {
      double left = Double.parseDouble(one);
      double right = Double.parseDouble(other);
      return Math.abs(left - right) <= 1e-9 * Math.max(Math.abs(left), Math.abs(right))
          || isRounded(new BigDecimal(one), new BigDecimal(other));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isRounded(BigDecimal one, BigDecimal other) {
    return one.scale() > 0
        && one.scale() < other.scale()
        && other.setScale(one.scale(), RoundingMode.HALF_UP).compareTo(one) == 0;
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

  private static List<List<String>> rows(JsonNode answer) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode row : answer) {
      List<String> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(cell.asText()));
      rows.add(cells);
    }
    return rows;
  }

  private static List<List<String>> rows(Connection peer, String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = peer.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          cells.add(String.valueOf(result.getString(i)));
        }
        rows.add(cells);
      }
    }
    return rows;
  }
}
