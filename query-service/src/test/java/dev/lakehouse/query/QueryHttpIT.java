package dev.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The HTTP door, over two small tables. */
class QueryHttpIT {
  private static final String ENDLESS =
      "SELECT sum(a.id * b.id * c.id * d.id) FROM sales a, sales b, sales c, sales d";

  @TempDir static Path directory;
  private static Lake lake;

  @BeforeAll
  static void start() {
    lake =
        Lake.in(
            directory,
            Map.of("query.concurrent", "2", "query.waiting", "1", "query.cache_bytes", "0B"));
    Samples.addTo(lake);
  }

  @AfterAll
  static void stop() {
    lake.close();
  }

  static List<String> allowed() {
    return SqlLists.allowed();
  }

  static List<String> refused() {
    return SqlLists.refused();
  }

  @ParameterizedTest
  @MethodSource("allowed")
  void answers(String sql) {
    HttpResponse<String> answer = lake.post(Map.of("sql", sql));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(String line) {
    HttpResponse<String> answer = lake.post(Map.of("sql", line.substring(line.indexOf('|') + 1)));
    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void answersWithTheContractsBody() throws Exception {
    HttpResponse<String> answer =
        lake.post(
            Map.of("sql", "SELECT id, region, qty, price, ts FROM sales WHERE id = 5"),
            "X-Query-Id",
            "q-1");
    JsonNode body = Lake.json(answer);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(body.get("columns").toString())
        .isEqualTo(
            "[{\"name\":\"id\",\"type\":\"bigint\"},{\"name\":\"region\",\"type\":\"varchar\"},"
                + "{\"name\":\"qty\",\"type\":\"integer\"},"
                + "{\"name\":\"price\",\"type\":\"decimal(10,2)\"},"
                + "{\"name\":\"ts\",\"type\":\"timestamp\"}]");
    assertThat(body.get("rows").toString())
        .isEqualTo("[[\"5\",\"apac\",5,\"0.35\",\"2024-01-01T03:05:00\"]]");
    assertThat(body.get("stats").get("rows").asInt()).isEqualTo(1);
    assertThat(body.get("stats").get("truncated").asBoolean()).isFalse();
    assertThat(body.get("stats").get("scannedFiles").asInt()).isEqualTo(1);
    assertThat(body.get("receipt").get("queryId").asText()).isEqualTo("q-1");
    assertThat(body.get("receipt").get("tables").get(0).get("name").asText()).isEqualTo("sales");
    assertThat(body.get("receipt").get("tables").get(0).get("snapshotId").asText()).matches("\\d+");
  }

  @Test
  void answersInOtherFormats() {
    String sql =
        "SELECT id, region AS \"the region\", price, CAST(NULL AS VARCHAR) AS n, 'a,\"b' AS q FROM"
            + " sales WHERE id = 5";
    assertThat(lake.post(Map.of("sql", sql), "Accept", "application/x-ndjson").body())
        .isEqualTo(
            "{\"id\":5,\"the region\":\"apac\",\"price\":0.35,\"n\":null,\"q\":\"a,\\\"b\"}\n");
    assertThat(lake.post(Map.of("sql", sql), "Accept", "text/csv").body())
        .isEqualTo("id,the region,price,n,q\r\n5,apac,0.35,,\"a,\"\"b\"\r\n");
  }

  @Test
  void bindsParameters() {
    HttpResponse<String> answer =
        lake.post(
            Map.of(
                "sql",
                "SELECT count(*) FROM sales WHERE region = ? AND id < ? AND ? IS NOT NULL LIMIT ?",
                "params",
                List.of("emea", 10, true, 5)));
    assertThat(Lake.json(answer).get("rows").toString()).isEqualTo("[[\"3\"]]");
    assertThat(lake.rows("SELECT count(*) FROM sales WHERE region = 'x'' OR 1 = 1 --'"))
        .isEqualTo("[[\"0\"]]");
    assertThat(Lake.json(lake.post(Map.of("sql", "SELECT ?"))).get("code").asText())
        .isEqualTo("sql_params");
  }

  @Test
  void limitsRows() {
    JsonNode body = Lake.json(lake.post(Map.of("sql", "SELECT id FROM sales", "limit", 3)));
    assertThat(body.get("rows")).hasSize(3);
    assertThat(body.get("stats").get("truncated").asBoolean()).isTrue();
    JsonNode exact =
        Lake.json(lake.post(Map.of("sql", "SELECT id FROM sales LIMIT 3", "limit", 3)));
    assertThat(exact.get("stats").get("truncated").asBoolean()).isFalse();
  }

  @Test
  void aLimitThatIsAParameterIsCappedToo() {
    JsonNode body =
        Lake.json(
            lake.post(
                Map.of(
                    "sql",
                    "SELECT id FROM sales LIMIT ?",
                    "params",
                    List.of(1_000_000_000L),
                    "limit",
                    3)));
    assertThat(body.get("rows")).hasSize(3);
    assertThat(body.get("stats").get("truncated").asBoolean()).isTrue();
    JsonNode fewer =
        Lake.json(
            lake.post(
                Map.of("sql", "SELECT id FROM sales LIMIT ?", "params", List.of(2), "limit", 3)));
    assertThat(fewer.get("rows")).hasSize(2);
    assertThat(fewer.get("stats").get("truncated").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT id FROM sale|404|unknown_table|there is no dataset 'sale', at line 1, column 16",
        "SELECT regoin FROM sales|400|unknown_column|no column in reach is called 'regoin', at line"
            + " 1, column 8",
        "SELECT s.nope FROM sales s|400|unknown_column|no column in reach is called 'nope', at line"
            + " 1, column 10",
        "SELECT x.id FROM sales s|400|unknown_table|no table in FROM is called 'x'",
        "SELECT CAST(region AS INTEGER) FROM sales|400|sql_type_error|Could not convert string"
            + " 'emea' to INT32 when casting from source column region",
        "SELECT id + region FROM sales|400|sql_type_error|No function matches the given name and"
            + " argument types '+(BIGINT, VARCHAR)'.",
        "SELECT region, count(*) FROM sales|400|sql_failed|column \"region\" must appear in the"
            + " GROUP BY clause or must be part of an aggregate function.",
        "SELECT 1 / (id - id) FROM sales|400|sql_failed|Division by zero in expression (1 // (id -"
            + " id)).",
      })
  void explainsMistakes(String sql, int status, String code, String detail) {
    JsonNode problem = lake.problem(sql);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("code").asText()).isEqualTo(code);
    assertThat(problem.get("detail").asText()).isEqualTo(detail);
    assertThat(problem.get("requestId").asText()).isNotEmpty();
    assertThat(problem.toString()).doesNotContain(directory.toString()).doesNotContain("scan.");
  }

  @Test
  void namesTheNearest() {
    assertThat(lake.problem("SELECT id FROM sale").get("nearest").toString())
        .isEqualTo("[\"sales\"]");
    assertThat(lake.problem("SELECT regoin FROM sales").get("nearest").toString())
        .isEqualTo("[\"region\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"sql\":\"SELECT 1\",\"limt\":1}|the body has an unknown member 'limt'",
        "{\"sql\":\"  \"}|the member 'sql' is missing or empty",
        "{}|the member 'sql' is missing or empty",
        "{\"sql\":\"SELECT 1\",\"limit\":0}|the member 'limit' is not 1 to 1000000000000",
        "{\"sql\":\"SELECT 1\",\"timeoutMs\":\"x\"}|the member 'timeoutMs' has the wrong type",
        "{\"sql\":\"SELECT ?\",\"params\":[[1]]}|a member of 'params' is neither text, number,"
            + " boolean nor null",
        "[]|the member 'body' has the wrong type",
      })
  void refusesBadBodies(String body, String detail) {
    HttpResponse<String> answer =
        lake.send(
            HttpRequest.newBuilder(lake.uri("/query/sql"))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Lake.json(answer).get("detail").asText()).isEqualTo(detail);
  }

  @Test
  void refusesLargeBodies() {
    assertThat(lake.post(Map.of("sql", "SELECT '" + "x".repeat(2 << 20) + "'")).statusCode())
        .isEqualTo(413);
  }

  @Test
  void endsAtTheDeadline() {
    long started = System.nanoTime();
    HttpResponse<String> answer = lake.post(Map.of("sql", ENDLESS, "timeoutMs", 300));
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(Lake.json(answer).get("code").asText()).isEqualTo("timeout");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void endsAtTheDeadlineWhileRowsFlow() {
    HttpResponse<String> answer =
        lake.post(
            Map.of(
                "sql", "SELECT a.id FROM sales a, sales b, sales c",
                "limit", 900_000_000,
                "timeoutMs", 500));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"error\":{").contains("\"code\":\"timeout\"");
    assertThat(answer.body()).doesNotContain("\"stats\"");
  }

  @Test
  void cancels() {
    CompletableFuture<HttpResponse<String>> running = run("to-cancel");
    await().until(() -> delete("to-cancel") == 204);
    assertThat(Lake.json(running.join()).get("code").asText()).isEqualTo("cancelled");
    assertThat(delete("to-cancel")).isEqualTo(404);
  }

  @Test
  void letsSomeRunSomeWaitAndRefusesTheRest() {
    List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
    for (String id : List.of("a-1", "a-2", "a-3")) {
      running.add(run(id));
    }
    await().until(() -> lake.meters().get("lakehouse.query.waiting").gauge().value() == 1);
    HttpResponse<String> refused = lake.post(Map.of("sql", "SELECT 1"));
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(Lake.json(refused).get("code").asText()).isEqualTo("too_many_queries");
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    for (String id : List.of("a-1", "a-2", "a-3")) {
      await().until(() -> delete(id) != 0);
    }
    await().until(() -> running.stream().allMatch(CompletableFuture::isDone) || cancelAll());
    assertThat(lake.rows("SELECT 1")).isEqualTo("[[1]]");
  }

  private static boolean cancelAll() {
    for (String id : Arrays.asList("a-1", "a-2", "a-3")) {
      delete(id);
    }
    return false;
  }

  @Test
  void listsDatasets() {
    JsonNode list = Lake.json(lake.get("/catalog/datasets"));
    assertThat(list.get("datasets")).hasSize(2);
    JsonNode sales = Lake.json(lake.get("/catalog/datasets/by-name/sales"));
    assertThat(sales.get("rows").asLong()).isEqualTo(2000);
    assertThat(sales.get("files").asLong()).isEqualTo(1);
    assertThat(sales.get("columns").get(5).toString())
        .isEqualTo(
            "{\"name\":\"price\",\"type\":\"decimal(10,2)\",\"nullable\":true,\"fieldId\":6,"
                + "\"sensitivity\":{\"state\":\"unclassified\"}}");
    assertThat(sales.get("keys")).isEmpty();
    assertThat(sales.get("partitions")).isEmpty();
    assertThat(sales.get("deleteFiles").asLong()).isZero();
    JsonNode page = Lake.json(lake.get("/catalog/datasets?limit=1"));
    assertThat(page.get("nextCursor").asText()).isEqualTo("customers");
    JsonNode rest = Lake.json(lake.get("/catalog/datasets?limit=1&cursor=customers"));
    assertThat(rest.get("datasets").get(0).get("name").asText()).isEqualTo("sales");
    assertThat(rest.has("nextCursor")).isFalse();
    JsonNode unknown = Lake.json(lake.get("/catalog/datasets/by-name/sale"));
    assertThat(unknown.get("nearest").toString()).isEqualTo("[\"sales\"]");
  }

  @Test
  void keepsNothingWithoutABudget() {
    JsonNode refused = Lake.json(lake.post("/query/cache/pin", Map.of("table", "sales")));
    assertThat(refused.get("status").asInt()).isEqualTo(409);
    assertThat(refused.get("code").asText()).isEqualTo("cache_off");
    assertThat(lake.get("/query/cache/stats").body())
        .isEqualTo("{\"usedBytes\":0,\"budgetBytes\":0,\"hits\":0,\"bypasses\":0,\"tables\":[]}");
  }

  @Test
  void isHealthyAndCounts() {
    lake.rows("SELECT 1");
    assertThat(lake.service().health().check().values())
        .allMatch(component -> component.status().name().equals("UP"));
    assertThat(lake.meters().scrape())
        .contains("lakehouse_query_seconds_count{outcome=\"ok\"}")
        .contains("lakehouse_query_rows_total");
  }

  private static CompletableFuture<HttpResponse<String>> run(String id) {
    return CompletableFuture.supplyAsync(
        () -> lake.post(Map.of("sql", ENDLESS), "X-Query-Id", id),
        runnable -> {
          Thread thread = new Thread(runnable, id);
          thread.setDaemon(true);
          thread.start();
        });
  }

  private static int delete(String id) {
    return lake.send(HttpRequest.newBuilder(lake.uri("/query/" + id)).DELETE()).statusCode();
  }
}
