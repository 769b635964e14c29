package dev.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that would fill the heap end the query, not the process. */
class LargeValuesIT {
  private static final int MOST = 8 << 20;

  @TempDir static Path directory;
  private static Lake lake;

  @BeforeAll
  static void start() {
    lake = Lake.in(directory);
    Samples.addTo(lake);
  }

  @AfterAll
  static void stop() {
    lake.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 AS one, repeat('x', 500000000) AS big",
        "SELECT sequence(1, 1000000) AS big",
        "SELECT string_agg(repeat(region, 2000), ',') AS big FROM sales",
        "SELECT listagg(repeat(region, 2000), ',') WITHIN GROUP (ORDER BY id) AS big FROM sales",
        "SELECT array_agg(repeat(region, 2000)) AS big FROM sales",
        "SELECT transform(sequence(1, 1000), x -> repeat('y', 10000)) AS big",
        "SELECT map_entries(map(ARRAY[1], ARRAY[repeat('x', 9000000)])) AS big",
        "SELECT map(sequence(1, 100000), sequence(1, 100000)) AS big",
        "SELECT from_hex(repeat('ff', 9000000)) AS big",
        "WITH RECURSIVE t(s, n) AS (SELECT 'x', 0 UNION ALL SELECT s || s, n + 1 FROM t WHERE n <"
            + " 25) SELECT s AS big FROM t ORDER BY n DESC LIMIT 1",
      })
  void aValueThatIsTooLargeIsNamed(String sql) {
    for (int limit : new int[] {100, 1_000_000}) {
      HttpResponse<String> answer = lake.post(Map.of("sql", sql, "limit", limit));
      JsonNode problem = Lake.json(answer);
      assertThat(problem.get("code").asText()).as(problem.toString()).isEqualTo("cell_too_large");
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(problem.get("columnName").asText()).isEqualTo("big");
      assertThat(problem.get("bytes").asLong()).isGreaterThan(MOST);
      assertThat(problem.get("detail").asText()).contains("'big'").contains("query.max_cell");
      assertThat(problem.get("hint").asText()).contains("substring");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10_000, 1_000_000})
  void rowsThatAreTooLargeTogetherAreRefused(int limit) {
    JsonNode problem =
        Lake.json(
            lake.post(Map.of("sql", "SELECT id, repeat('x', 20000) FROM sales", "limit", limit)));
    assertThat(problem.get("code").asText()).isEqualTo("rows_too_large");
    assertThat(problem.get("hint").asText()).contains("limit");
  }

  @Test
  void aLimitOnRowsCutsBeforeTheirSizeCounts() {
    JsonNode answer =
        Lake.json(
            lake.post(Map.of("sql", "SELECT id, repeat('x', 20000) FROM sales", "limit", 500)));
    assertThat(answer.get("rows")).hasSize(500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT length(repeat('x', 30000000))|[[\"30000000\"]]",
        "SELECT cardinality(sequence(1, 1000000))|[[\"1000000\"]]",
        "SELECT 'a' AS x, ARRAY['b', NULL] AS x, NULL, 1.5|[[\"a\",[\"b\",null],null,\"1.5\"]]",
        "SELECT map(ARRAY['k'], ARRAY[ARRAY['v']]), map_entries(map(ARRAY[1],"
            + " ARRAY['z']))|[[{\"k\":[\"v\"]},",
        "SELECT v FROM (VALUES ('b'), ('a'), ('c')) AS t(v) ORDER BY v"
            + " DESC|[[\"c\"],[\"b\"],[\"a\"]]",
      })
  void whatIsSmallEnoughIsAnsweredAsBefore(String sql, String rows) {
    for (int limit : new int[] {100, 1_000_000}) {
      JsonNode answer = Lake.json(lake.post(Map.of("sql", sql, "limit", limit)));
      assertThat(answer.path("rows").toString()).as(answer.toString()).startsWith(rows);
    }
  }

  @Test
  void aLongOrderedAnswerOfTextsComesInItsOrder() {
    String sql =
        "SELECT a.email || '-' || b.n || repeat('.', 200) AS t FROM sales a, UNNEST(sequence(1,"
            + " 100)) AS b(n) ORDER BY t DESC";
    String answer = lake.post(Map.of("sql", sql, "limit", 1_000_000), "Accept", "text/csv").body();
    List<String> lines = answer.lines().skip(1).toList();
    assertThat(lines).hasSize(200_000).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(new HashSet<>(lines)).hasSize(200_000);
  }

  @Test
  void aValueJustBelowTheBoundPasses() {
    assertThat(lake.rows("SELECT repeat('x', " + MOST + ")")).hasSize(MOST + 6);
    assertThat(lake.problem("SELECT repeat('x', " + (MOST + 1) + ")").get("bytes").asLong())
        .isEqualTo(MOST + 1);
  }

  @Test
  void parametersAreBoundInsideTheBounds() {
    JsonNode answer =
        Lake.json(
            lake.post(
                Map.of(
                    "sql",
                    "SELECT ?, region FROM sales WHERE id < ? ORDER BY id",
                    "params",
                    List.of("p", 2))));
    assertThat(answer.get("rows").toString()).isEqualTo("[[\"p\",\"emea\"],[\"p\",\"apac\"]]");
  }
}
