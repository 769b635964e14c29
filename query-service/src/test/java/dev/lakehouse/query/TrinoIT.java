package dev.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.TableNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Trino as the engine, against the page, the lists, and DuckDB on the same tables. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrinoIT {
  private static final String THREE =
      " FROM (VALUES ('a', 1, 1.5), ('a', 2, 2.5), ('b', NULL, 4.5)) AS t(k, x, y)";
  private static final String ENDLESS =
      "SELECT sum(a.id * b.id * c.id) FROM sales a, sales b, sales c";

  @TempDir static Path directory;
  private static Engines engines;
  private static Lake trino;

  @BeforeAll
  static void start() {
    String missing = Engines.missing().orElse("");
    assumeTrue(missing.isEmpty(), missing);
    engines = new Engines(directory);
    trino = engines.trino;
    Samples.addTo(engines.duck);
    Tpch.addTo(engines.duck, 0.01, 2);
  }

  @AfterAll
  static void stop() {
    if (engines != null) {
      engines.close();
    }
  }

  /** Runs each on a few threads; what all of them complain of. */
  private static <T> List<String> each(List<T> all, Function<T, List<String>> check) {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<List<String>>> running = new ArrayList<>();
      for (T one : all) {
        running.add(threads.submit(() -> check.apply(one)));
      }
      List<String> complaints = new ArrayList<>();
      for (Future<List<String>> one : running) {
        complaints.addAll(one.get());
      }
      return complaints;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static JsonNode read(String json) {
    try {
      return Lake.JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> asExpected(SqlDialectIT.Example example) {
    return asExpected(
        example, example.sql().contains("ORDER BY") && !example.sql().contains("OVER"));
  }

  private static List<String> inAnyOrder(SqlDialectIT.Example example) {
    return asExpected(example, false);
  }

  private static List<String> asExpected(SqlDialectIT.Example example, boolean ordered) {
    JsonNode answer = Lake.json(trino.post(Map.of("sql", example.sql())));
    ArrayNode expected = (ArrayNode) read(example.rows());
    boolean same =
        answer.has("rows")
            && Answers.rows(answer, ordered)
                .equals(Answers.rows(Lake.JSON.createObjectNode().set("rows", expected), ordered));
    return same ? List.of() : List.of(example.sql() + "\n  " + answer + "\n  not " + expected);
  }

  @Test
  @Order(1)
  void answersTypicalQueries() {
    assertThat(each(SqlDialectIT.typicalQueries(), TrinoIT::inAnyOrder)).isEmpty();
  }

  @Test
  @Order(2)
  void thePageHoldsHereToo() throws IOException {
    List<SqlDialectIT.Example> examples = new ArrayList<>();
    List<SqlDialectIT.Example> calls = new ArrayList<>();
    List<SqlDialectIT.Example> aggregates = new ArrayList<>();
    for (SqlDialectIT.Example example : SqlDialectIT.examplesOfThePage()) {
      String sql = example.sql();
      if (sql.contains("typeof(") || sql.contains("mode(")) {
        continue;
      }
      boolean one = example.rows().startsWith("[[") && !sql.contains(" OVER ");
      if (one && sql.endsWith(THREE)) {
        aggregates.add(example);
      } else if (one && !sql.contains(" FROM (") && !sql.contains("WITH ")) {
        calls.add(example);
      } else {
        examples.add(example);
      }
    }
    assertThat(calls).hasSizeGreaterThan(120);
    assertThat(aggregates).hasSizeGreaterThan(30);
    examples.add(together(calls.subList(0, 60), ""));
    examples.add(together(calls.subList(60, calls.size()), ""));
    examples.add(together(aggregates, THREE));
    assertThat(each(examples, TrinoIT::asExpected)).isEmpty();
  }

  /** Many SELECTs of one row as one. */
  private static SqlDialectIT.Example together(List<SqlDialectIT.Example> all, String from) {
    return new SqlDialectIT.Example(
        "SELECT "
            + all.stream()
                .map(each -> each.sql().substring("SELECT ".length()).replace(from, ""))
                .collect(Collectors.joining(", "))
            + from,
        "[["
            + all.stream()
                .map(each -> each.rows().substring(2, each.rows().length() - 2))
                .collect(Collectors.joining(","))
            + "]]");
  }

  @Test
  @Order(3)
  void refusesWhatTheGuardRefuses() {
    assertThat(
            each(
                SqlLists.refused(),
                line ->
                    engines.differences(line.substring(line.indexOf('|') + 1)).stream()
                        .filter(difference -> !difference.contains("\"status\":404"))
                        .toList()))
        .isEmpty();
    JsonNode hidden = trino.problem("SELECT \"$path\" FROM sales");
    assertThat(hidden.path("code").asText()).as(hidden.toString()).isEqualTo("unknown_column");
    for (String sql :
        List.of(
            "SELECT * FROM \"sales$files\"",
            "SELECT * FROM system.runtime.queries",
            "SELECT * FROM information_schema.tables",
            "SELECT * FROM TABLE(lake.system.table_changes('lake', 'sales', 1, 2))",
            "SELECT current_user",
            "CALL lake.system.flush_metadata_cache()",
            "WITH FUNCTION f(x BIGINT) RETURNS BIGINT RETURN x SELECT f(1)",
            "SELECT fail('x')",
            "SELECT lakehouse_left('x', 1)")) {
      assertThat(trino.problem(sql).path("status").asInt()).as(sql).isBetween(400, 404);
    }
    assertThat(trino.rows("SELECT 'it''s \" \\ % -- /* ?' AS \"a \"\" % b\""))
        .isEqualTo("[[\"it's \\\" \\\\ % -- /* ?\"]]");
  }

  @Test
  @Order(4)
  @Tag("full")
  void meansTheSameAsDuckDb() {
    List<String> all = new ArrayList<>(SqlLists.engines());
    SqlLists.allowed().stream()
        .filter(sql -> !sql.contains("now()") && !sql.endsWith("LIMIT 1"))
        .filter(sql -> sql.contains("ORDER BY") || !sql.contains("LIMIT"))
        .forEach(all::add);
    assertThat(each(all, engines::differences)).isEmpty();
  }

  @Test
  @Order(5)
  void answersTpchsKindsOfQueries() {
    List<String> some =
        Stream.of("q1", "q2", "q8", "q13", "q15", "q21", "q22")
            .map(name -> Objects.requireNonNull(Tpch.queries().get(name)))
            .toList();
    assertThat(each(some, engines::differences)).isEmpty();
  }

  @Test
  @Order(5)
  @Tag("full")
  void answersAllOfTpch() {
    assertThat(each(List.copyOf(Tpch.queries().values()), engines::differences)).isEmpty();
  }

  private static final Schema KINDS =
      new Schema(
          NestedField.optional(1, "Flag", Types.BooleanType.get()),
          NestedField.optional(2, "whole", Types.IntegerType.get()),
          NestedField.optional(3, "large", Types.LongType.get()),
          NestedField.optional(4, "single", Types.FloatType.get()),
          NestedField.optional(5, "twice", Types.DoubleType.get()),
          NestedField.optional(6, "exact", Types.DecimalType.of(38, 9)),
          NestedField.optional(7, "text", Types.StringType.get()),
          NestedField.optional(8, "bytes", Types.BinaryType.get()),
          NestedField.optional(9, "day", Types.DateType.get()),
          NestedField.optional(10, "clock", Types.TimeType.get()),
          NestedField.optional(11, "moment", Types.TimestampType.withoutZone()),
          NestedField.optional(12, "instant", Types.TimestampType.withZone()),
          NestedField.optional(13, "id", Types.UUIDType.get()),
          NestedField.optional(
              14, "list", Types.ListType.ofOptional(15, Types.TimestampType.withoutZone())),
          NestedField.optional(
              16,
              "map",
              Types.MapType.ofOptional(17, 18, Types.StringType.get(), Types.DateType.get())),
          NestedField.optional(
              19,
              "struct",
              Types.StructType.of(
                  NestedField.optional(20, "camelCase", Types.DecimalType.of(9, 2)),
                  NestedField.optional(21, "seen", Types.TimestampType.withZone()))));

  @Test
  @Order(6)
  void typesSurvive() throws IOException {
    Table table = engines.duck.create("kinds", KINDS);
    GenericRecord struct = GenericRecord.create(KINDS.findType("struct").asStructType());
    struct.set(0, new BigDecimal("1.50"));
    struct.set(1, OffsetDateTime.parse("2024-06-01T12:00:00.000001+02:00"));
    Lake.append(
        table,
        Lake.row(
            true,
            -7,
            Long.MIN_VALUE,
            0.1f,
            Double.NaN,
            new BigDecimal("12345678901234567890123456789.123456789"),
            "ü€\n\"'",
            ByteBuffer.wrap(new byte[] {0, -1}),
            LocalDate.of(1582, 10, 10),
            LocalTime.parse("23:59:59.999999"),
            LocalDateTime.parse("2024-03-31T02:30:00.123456"),
            OffsetDateTime.parse("1969-12-31T23:59:59.999999Z"),
            UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
            List.of(LocalDateTime.parse("2024-03-31T02:30:00.000001")),
            Map.of("k", LocalDate.of(2024, 2, 29)),
            struct),
        new Object[16]);
    for (String accept : List.of("application/json", "application/x-ndjson", "text/csv")) {
      Map<String, ?> body = Map.of("sql", "SELECT * FROM kinds ORDER BY whole");
      HttpResponse<String> one = engines.duck.post(body, "Accept", accept);
      HttpResponse<String> other = trino.post(body, "Accept", accept);
      if (accept.endsWith("json")) {
        JsonNode expected = Lake.json(one);
        JsonNode answer = Lake.json(other);
        assertThat(answer.path("rows")).as(answer.toString()).isEqualTo(expected.path("rows"));
        assertThat(answer.path("columns")).isEqualTo(expected.path("columns"));
        assertThat(answer.path("receipt").path("tables"))
            .isEqualTo(expected.path("receipt").path("tables"));
      } else {
        assertThat(other.body()).isEqualTo(one.body());
      }
    }
    assertThat(arrow(trino)).isEqualTo(arrow(engines.duck));
  }

  /** The rows as Arrow has them, without what the engines may call differently. */
  private static String arrow(Lake lake) throws IOException {
    HttpResponse<InputStream> answer =
        send(lake, Map.of("sql", "SELECT * FROM kinds ORDER BY whole"), "arrow");
    try (RootAllocator memory = new RootAllocator();
        ArrowStreamReader reader = new ArrowStreamReader(answer.body(), memory)) {
      StringBuilder rows = new StringBuilder();
      while (reader.loadNextBatch()) {
        rows.append(
            reader.getVectorSchemaRoot().contentToTSVString().replaceAll("\\[B@\\w+", "bytes"));
      }
      reader
          .getVectorSchemaRoot()
          .getSchema()
          .getFields()
          .forEach(field -> rows.append(field.getName()).append(field.getType()));
      return rows.toString();
    }
  }

  private static HttpResponse<InputStream> send(Lake lake, Map<String, ?> body, String id) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(lake.uri("/query/sql"))
                  .header("Accept", "application/vnd.apache.arrow.stream")
                  .header("X-Query-Id", id)
                  .POST(HttpRequest.BodyPublishers.ofString(Lake.JSON.writeValueAsString(body)))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Order(7)
  void timesAreOfTheRequestsZone() {
    Table table =
        engines.duck.create(
            "zoned", new Schema(NestedField.optional(1, "t", Types.TimestampType.withZone())));
    Lake.append(table, Lake.row(OffsetDateTime.parse("2024-03-31T00:30:00Z")));
    String sql =
        "SELECT t, extract(HOUR FROM t), date_trunc('day', t), CAST(t AS DATE), CAST(t AS"
            + " TIMESTAMP), t AT TIME ZONE 'Asia/Tokyo', date_format(t, '%H:%i'), t + INTERVAL '1'"
            + " MONTH, CAST(TIMESTAMP '2024-06-01 00:30:00' AS TIMESTAMP WITH TIME ZONE), t >"
            + " TIMESTAMP '2024-03-31 01:00:00', date_diff('day', t, TIMESTAMP '2024-03-31"
            + " 23:00:00') FROM zoned";
    for (String zone : List.of("UTC", "Europe/Berlin", "America/New_York")) {
      Map<String, ?> body = Map.of("sql", sql, "timeZone", zone);
      JsonNode answer = Lake.json(trino.post(body));
      assertThat(answer.path("rows"))
          .as(answer.toString())
          .isEqualTo(Lake.json(engines.duck.post(body)).path("rows"));
    }
  }

  @Test
  @Order(8)
  void readsWhatTheReceiptTells() {
    Table table =
        engines.duck.create(
            "was",
            new Schema(
                NestedField.optional(1, "a", Types.IntegerType.get()),
                NestedField.optional(2, "b", Types.StringType.get())));
    assertThat(trino.rows("SELECT * FROM was")).as("no snapshot yet").isEqualTo("[]");
    Lake.append(table, Lake.row(1, "x"));
    long first = table.currentSnapshot().snapshotId();
    table
        .updateSchema()
        .renameColumn("b", "Bee")
        .addColumn("c", Types.LongType.get())
        .updateColumn("a", Types.LongType.get())
        .commit();
    assertThat(trino.rows("SELECT * FROM was"))
        .as("columns of now out of a snapshot of before")
        .isEqualTo("[[\"1\",\"x\",null]]");
    table.updateSchema().deleteColumn("Bee").addColumn("Bee", Types.StringType.get()).commit();
    assertThat(trino.rows("SELECT bee, c, a FROM was")).isEqualTo("[[null,null,\"1\"]]");
    table.newFastAppend().set(LandedState.OFFSETS, "0:7").commit();
    Lake.append(table, Lake.row(2L, 5L, "y"));
    table.newDelete().deleteFromRowFilter(Expressions.equal("a", 1)).commit();
    for (String sql :
        List.of(
            "SELECT * FROM was",
            "SELECT * FROM was FOR VERSION AS OF " + first,
            "SELECT n.a, o.b FROM was n FULL JOIN was FOR VERSION AS OF "
                + first
                + " o ON n.a = o.a ORDER BY 1",
            "DESCRIBE was FOR VERSION AS OF " + first,
            "SHOW TABLES LIKE 'wa%'")) {
      JsonNode expected = Lake.json(engines.duck.post(Map.of("sql", sql)));
      JsonNode answer = Lake.json(trino.post(Map.of("sql", sql)));
      assertThat(answer.path("rows")).as(answer.toString()).isEqualTo(expected.path("rows"));
      assertThat(answer.path("columns")).isEqualTo(expected.path("columns"));
      assertThat(answer.path("receipt").path("tables"))
          .isEqualTo(expected.path("receipt").path("tables"));
    }
    JsonNode plan = Lake.json(trino.post(Map.of("sql", "EXPLAIN SELECT count(*) FROM was")));
    assertThat(plan.path("rows").toString())
        .contains("table was, snapshot", "Aggregate")
        .doesNotContain(directory.toString());
  }

  @Test
  @Order(9)
  void metadataColumnsStayOutOfStars() {
    List<NestedField> fields = new ArrayList<>();
    fields.add(NestedField.optional(1, "Id", Types.LongType.get()));
    fields.addAll(MetadataColumns.fields(10));
    Table table = engines.duck.create("landed", new Schema(fields));
    Lake.append(table, Lake.row(1L, 0, 7L, OffsetDateTime.parse("2024-01-01T00:00:00Z"), "i-1"));
    for (String sql :
        List.of(
            "SELECT * FROM landed",
            "SELECT *, " + MetadataColumns.OFFSET + " FROM landed l",
            "SELECT l.*, m."
                + MetadataColumns.PARTITION
                + " FROM landed l JOIN landed m USING (id)",
            "SELECT * FROM (SELECT " + MetadataColumns.OFFSET + ", id FROM landed) t",
            "SELECT * FROM landed NATURAL JOIN landed l2")) {
      JsonNode expected = Lake.json(engines.duck.post(Map.of("sql", sql)));
      JsonNode answer = Lake.json(trino.post(Map.of("sql", sql)));
      assertThat(answer.path("rows")).as(answer.toString()).isEqualTo(expected.path("rows"));
      assertThat(answer.path("columns")).isEqualTo(expected.path("columns"));
    }
  }

  @Test
  @Order(10)
  void appliesDeletes() {
    Table table =
        engines.duck.create(
            "changed",
            new Schema(
                NestedField.optional(1, "id", Types.IntegerType.get()),
                NestedField.optional(2, "g", Types.StringType.get()),
                NestedField.optional(3, "v", Types.IntegerType.get())));
    TableHistory history = new TableHistory(table, new Random(7));
    List<String> done = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      done.add(history.step());
    }
    assertThat(done).anyMatch(step -> step.startsWith("delta"));
    assertThat(engines.differences("SELECT * FROM changed")).as(done.toString()).isEmpty();
    assertThat(engines.differences("SELECT g, count(*), sum(v) FROM changed GROUP BY g")).isEmpty();
  }

  @Test
  @Order(11)
  void bindsLimitsAndStops() throws Exception {
    assertThat(
            Lake.json(
                    trino.post(
                        Map.of(
                            "sql",
                            "SELECT count(*) FROM sales WHERE region = ? AND id < ? AND ts < ? AND"
                                + " ? IS NOT NULL AND price > ? LIMIT ?",
                            "params",
                            List.of("emea", 10, "2024-01-02", true, new BigDecimal("0.1"), 5))))
                .path("rows")
                .toString())
        .isEqualTo("[[\"2\"]]");
    JsonNode some = Lake.json(trino.post(Map.of("sql", "SELECT id FROM sales", "limit", 3)));
    assertThat(some.path("rows")).hasSize(3);
    assertThat(some.path("stats").path("truncated").asBoolean()).isTrue();

    long started = System.nanoTime();
    assertThat(
            Lake.json(trino.post(Map.of("sql", ENDLESS, "timeoutMs", 700))).path("code").asText())
        .isEqualTo("timeout");
    CompletableFuture<HttpResponse<String>> running =
        CompletableFuture.supplyAsync(
            () -> trino.post(Map.of("sql", ENDLESS), "X-Query-Id", "to-cancel"));
    await().until(() -> delete("to-cancel") == 204);
    assertThat(Lake.json(running.join()).path("code").asText()).isEqualTo("cancelled");
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));

    Map<String, ?> flood =
        Map.of("sql", "SELECT a.* FROM sales a, sales b, sales c", "limit", 900_000_000);
    InputStream flowing = send(trino, flood, "flowing").body();
    assertThat(flowing.readNBytes(1_000_000)).hasSize(1_000_000);
    assertThat(delete("flowing")).isEqualTo(204);
    byte[] rest = flowing.readAllBytes();
    assertThat(rest[rest.length - 4]).as("a message is announced and missing").isEqualTo((byte) 16);
    InputStream left = send(trino, flood, "left").body();
    assertThat(left.read()).isGreaterThanOrEqualTo(0);
    left.close();
    await().atMost(Duration.ofSeconds(30)).until(() -> delete("left") == 404);
  }

  private static int delete(String id) {
    return trino.send(HttpRequest.newBuilder(trino.uri("/query/" + id)).DELETE()).statusCode();
  }

  @Test
  @Order(12)
  void policiesHoldHereToo() {
    Path data = directory.resolve("lake");
    assertThat(
            engines
                .duck
                .catalog()
                .catalog()
                .dropTable(TableNames.of(new DatasetName("orders")), false))
        .as("there are orders already, of TPC-H")
        .isTrue();
    Map<String, String> settings =
        PolicyLake.settings(
            Map.of("query.engine", "trino", "query.trino.url", engines.server.url()));
    try (PolicyLake duck = PolicyLake.in(data, "qz7a", 9_871_234_561L);
        Lake governed = Lake.in(data, settings, duck::finding)) {
      List<String> same =
          List.of(
              "SELECT * FROM cards ORDER BY id",
              "SELECT * FROM people ORDER BY id",
              "SELECT * FROM orders ORDER BY id",
              "SELECT mail, count(*) FROM cards GROUP BY mail ORDER BY 2",
              "SELECT sum(CAST(product AS INTEGER)) FROM orders",
              "SELECT id FROM orders WHERE CAST(product AS INTEGER) > 7 ORDER BY id",
              "SELECT p.id, o.id FROM people p JOIN orders o ON p.id = o.person_id ORDER BY 1, 2",
              "SELECT addr, upper(addr) FROM people p WHERE email IS NULL ORDER BY id",
              "SELECT name FROM people FOR TIMESTAMP AS OF TIMESTAMP '2999-01-01 00:00:00'"
                  + " ORDER BY id");
      assertThat(
              each(
                  same,
                  sql -> {
                    JsonNode told = Lake.json(governed(governed, sql));
                    String expected = duck.rows(sql);
                    return told.path("rows").toString().equals(expected)
                        ? List.of()
                        : List.of(sql + "\n  " + told + "\n  not " + expected);
                  }))
          .isEmpty();
      assertThat(
              each(
                  SqlLists.attacks(),
                  sql -> {
                    HttpResponse<String> answer = governed(governed, sql);
                    return duck.keeps(answer) && answer.statusCode() < 500
                        ? List.of()
                        : List.of(sql + "\n  " + answer.body());
                  }))
          .isEmpty();
    }
  }

  private static HttpResponse<String> governed(Lake lake, String sql) {
    return lake.post(Map.of("sql", sql), "X-API-Key", PolicyLake.READER);
  }

  @Test
  @Order(13)
  void saysThatTrinoIsGone() {
    assertThat(health()).isEqualTo("UP");
    engines.server.close();
    JsonNode problem = trino.problem("SELECT 1");
    assertThat(problem.path("status").asInt()).as(problem.toString()).isEqualTo(503);
    assertThat(problem.path("code").asText()).isEqualTo("engine_unreachable");
    assertThat(health()).isEqualTo("DOWN");
    assertThat(trino.rows("SHOW TABLES LIKE 'sales'")).isEqualTo("[[\"sales\"]]");
  }

  private static String health() {
    return Objects.requireNonNull(trino.service().health().check().get("query")).status().name();
  }
}
