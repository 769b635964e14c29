package dev.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.schemas.table.LocalFileIO;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TPC-H's queries, against plain DuckDB on the same files. */
class TpchIT {
  @TempDir static Path directory;
  private static Lake lake;
  private static Connection plain;

  @BeforeAll
  static void start() throws IOException, SQLException {
    lake = Lake.in(directory);
    Tpch.addTo(lake, 0.01, 3);
    plain = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = plain.createStatement()) {
      for (TpchTable<?> table : TpchTable.getTables()) {
        statement.execute(
            "CREATE VIEW "
                + table.getTableName()
                + " AS SELECT * FROM read_parquet("
                + files(table.getTableName())
                + ")");
      }
    }
  }

  private static String files(String table) throws IOException {
    Path warehouse = LocalFileIO.path(lake.config().catalog().warehouse());
    try (Stream<Path> all = Files.walk(warehouse)) {
      return all.filter(
              file ->
                  file.toString().endsWith(".parquet")
                      && file.toString().contains("/" + table + "/"))
          .map(file -> "'" + file + "'")
          .collect(Collectors.joining(", ", "[", "]"));
    }
  }

  @AfterAll
  static void stop() throws SQLException {
    plain.close();
    lake.close();
  }

  static Collection<Map.Entry<String, String>> queries() {
    return Tpch.queries().entrySet();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void answersAsPlainDuckDb(Map.Entry<String, String> query) throws SQLException {
    JsonNode answer = Lake.json(lake.post(Map.of("sql", query.getValue(), "limit", 100_000)));
    assertThat(answer.has("rows")).as(answer.toString()).isTrue();
    List<String> rows = new ArrayList<>();
    for (JsonNode row : answer.get("rows")) {
      List<String> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(cell(cell.isNull() ? null : cell.asText())));
      rows.add(String.join("|", cells));
    }
    List<String> expected = new ArrayList<>();
    try (Statement statement = plain.createStatement();
        ResultSet result = statement.executeQuery(query.getValue())) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          cells.add(cell(result.getString(i)));
        }
        expected.add(String.join("|", cells));
      }
    }
    assertThat(rows).isEqualTo(expected);
  }

  /** Numbers to ten digits: sums of doubles depend on the order that they are added in. */
  private static String cell(@Nullable String text) {
    if (text == null) {
      return "null";
    }
    try {
      return new BigDecimal(text).round(new MathContext(10)).stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      return text;
    }
  }

  @Test
  void answerTheSameFromMemory() throws SQLException {
    String[] tables =
        TpchTable.getTables().stream().map(TpchTable::getTableName).toArray(String[]::new);
    lake.pin(tables);
    for (Map.Entry<String, String> query : queries()) {
      answersAsPlainDuckDb(query);
    }
    assertThat(Lake.json(lake.get("/query/cache/stats")).get("bypasses").asLong()).isZero();
    lake.evict(tables);
  }

  @Test
  void thereAreAllOfThem() {
    assertThat(queries()).hasSize(22);
  }
}
