package dev.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.query.guard.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dialect: what its page says, and typical queries with their answers. */
class SqlDialectIT {
  private static final Path PAGE = Path.of("..", "docs", "sql.md");
  private static final Pattern ROW = Pattern.compile("^\\| `(.+?)`(?: \\(.*\\))? \\| `(.+)` \\|$");
  private static final Pattern CALLED = Pattern.compile("[a-z][a-z0-9_]*");
  private static final String THREE =
      " FROM (VALUES ('a', 1, 1.5), ('a', 2, 2.5), ('b', NULL, 4.5)) AS t(k, x, y)";

  @TempDir static Path directory;
  private static Lake lake;

  /** A query and its rows as JSON. */
  record Example(String sql, String rows) {}

  @BeforeAll
  static void start() {
    lake = Lake.in(directory);
    Samples.addTo(lake);
  }

  @AfterAll
  static void stop() {
    lake.close();
  }

  static List<Example> examplesOfThePage() throws IOException {
    List<Example> examples = new ArrayList<>();
    String section = "";
    String query = null;
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (line.startsWith("**")) {
        section = line;
      } else if (line.startsWith("-- ") && query != null) {
        examples.add(new Example(query, line.substring(3)));
      } else if (row.matches()) {
        examples.add(example(section, row.group(1), row.group(2)));
      }
      query = line;
    }
    return examples;
  }

  private static Example example(String section, String call, String answer) {
    if (section.startsWith("**Windows**")) {
      String rows = "[[" + answer.substring(1, answer.length() - 1).replace(",", "],[") + "]]";
      return new Example("SELECT " + call + THREE + " ORDER BY y", rows);
    }
    String from = section.startsWith("**Aggregates**") ? THREE : "";
    return new Example("SELECT " + call + from, "[[" + answer + "]]");
  }

  @ParameterizedTest
  @MethodSource("examplesOfThePage")
  void isAsThePageSays(Example example) {
    assertThat(lake.rows(example.sql())).isEqualTo(example.rows());
  }

  @Test
  void thePageHasEveryFunction() throws IOException {
    Set<String> called = new TreeSet<>();
    for (Example example : examplesOfThePage()) {
      Matcher word = CALLED.matcher(example.sql().toLowerCase(Locale.ROOT));
      while (word.find()) {
        called.add(word.group());
      }
    }
    assertThat(called).containsAll(Dialect.functions());
  }

  static List<Example> typicalQueries() {
    List<String> lines = SqlLists.answered();
    return Stream.iterate(0, i -> i < lines.size(), i -> i + 2)
        .map(i -> new Example(lines.get(i), lines.get(i + 1)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("typicalQueries")
  void answersRight(Example example) {
    String rows = lake.rows(example.sql());
    String outside = example.sql().replaceAll("\\([^()]*\\)", "()");
    if (outside.contains("ORDER BY")) {
      assertThat(rows).isEqualTo(example.rows());
    } else {
      assertThat(sorted(rows)).isEqualTo(sorted(example.rows()));
    }
  }

  private static List<String> sorted(String rows) {
    try {
      JsonNode read = Lake.JSON.readTree(rows);
      List<String> each =
          new ArrayList<>(
              StreamSupport.stream(read.spliterator(), false).map(JsonNode::toString).toList());
      Collections.sort(each);
      return each;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatHasNoNameIsCalledByItsText() {
    JsonNode answer =
        Lake.json(
            lake.post(
                Map.of(
                    "sql",
                    "SELECT  ID, s.qty, count(*), extract(YEAR FROM ts) + 1 /* , */,\n"
                        + "  CASE WHEN id IS DISTINCT FROM 2 THEN 'a, b' END, ARRAY[1, 2] AS \"l\""
                        + " FROM sales s WHERE id = 1 GROUP BY ALL")));
    assertThat(answer.path("columns").findValuesAsText("name"))
        .as(answer.toString())
        .containsExactly(
            "id",
            "qty",
            "count(*)",
            "extract(YEAR FROM ts) + 1",
            "CASE WHEN id IS DISTINCT FROM 2 THEN 'a, b' END",
            "l");
    assertThat(
            Lake.json(
                    lake.post(
                        Map.of(
                            "sql", "SELECT * FROM (SELECT 7 / 2, " + "1 + ".repeat(60) + "1) t")))
                .path("columns")
                .findValuesAsText("name"))
        .containsExactly("7 / 2", "1 + ".repeat(25) + "…");
  }

  @Test
  void timesAreOfTheRequestsZone() {
    String sql =
        "SELECT CAST(TIMESTAMP '2024-06-01 00:30:00' AS TIMESTAMP WITH TIME ZONE) AS t,"
            + " extract(HOUR FROM CAST('2024-06-01T22:30:00Z' AS TIMESTAMP WITH TIME ZONE)) AS h,"
            + " TIMESTAMP '2024-06-01 12:00:00' AT TIME ZONE 'UTC' AS u";
    for (int limit : new int[] {100, 1_000_000}) {
      assertThat(
              Lake.json(lake.post(Map.of("sql", sql, "timeZone", "Europe/Berlin", "limit", limit)))
                  .get("rows")
                  .toString())
          .isEqualTo("[[\"2024-05-31T22:30:00Z\",\"0\",\"2024-06-01T10:00:00\"]]");
      assertThat(Lake.json(lake.post(Map.of("sql", sql, "limit", limit))).get("rows").toString())
          .as("the next query is in UTC again")
          .isEqualTo("[[\"2024-06-01T00:30:00Z\",\"22\",\"2024-06-01T12:00:00\"]]");
    }
    JsonNode problem = Lake.json(lake.post(Map.of("sql", sql, "timeZone", "Mars/Olympus")));
    assertThat(problem.get("code").asText()).isEqualTo("bad_request");
    assertThat(problem.get("member").asText()).isEqualTo("timeZone");
  }

  @Test
  void datesThatAreNotForCertainAreLeftAsTheEngineHasThem() {
    assertThat(
            lake.rows(
                "SELECT transform(ARRAY[TIMESTAMP '2024-01-01 01:00:00'], d -> d + INTERVAL '1'"
                    + " DAY), d + INTERVAL '1' DAY FROM (VALUES (DATE '2024-01-01')) AS t(d)"))
        .isEqualTo("[[[\"2024-01-02T01:00:00\"],\"2024-01-02T00:00:00\"]]");
    assertThat(
            lake.rows(
                "WITH x(d) AS (SELECT ts FROM sales WHERE id = 1) SELECT d + INTERVAL '1' DAY FROM"
                    + " x"))
        .isEqualTo("[[\"2024-01-02T00:37:00\"]]");
  }

  @Test
  void describesTablesAndQueries() {
    assertThat(lake.rows("SHOW TABLES")).isEqualTo("[[\"customers\"],[\"sales\"]]");
    assertThat(lake.rows("show tables like 'sal%';")).isEqualTo("[[\"sales\"]]");
    for (String sql :
        Arrays.asList(
            "DESCRIBE customers",
            "-- why\nSHOW COLUMNS FROM lake.Customers",
            "DESC \"customers\";")) {
      assertThat(lake.rows(sql))
          .isEqualTo(
              "[[\"customer_id\",\"bigint\",false],[\"segment\",\"varchar\",true],"
                  + "[\"country\",\"varchar\",true]]");
    }
    assertThat(lake.problem("DESCRIBE\n  custmers").get("line").asInt()).isEqualTo(2);
    assertThat(lake.problem("DESCRIBE sales; DROP TABLE x").get("code").asText())
        .isEqualTo("sql_syntax");
    JsonNode plan =
        Lake.json(
            lake.post(
                Map.of(
                    "sql",
                    "EXPLAIN SELECT region, count(*) FROM sales WHERE id < ? GROUP BY region",
                    "params",
                    List.of(10))));
    assertThat(plan.get("rows").get(0).get(0).asText())
        .matches("table sales, snapshot \\d+: reads 1 of 1 files");
    assertThat(plan.get("rows").toString())
        .contains("group by")
        .contains("read parquet")
        .contains("(id < 10)")
        .doesNotContain(directory.toString())
        .doesNotContain(".parquet")
        .doesNotContain("scan.");
  }
}
