package dev.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.TableNames;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables in memory answer what their files answer, and never what was. */
class CacheIT {
  @TempDir static Path directory;
  private static Lake lake;

  @BeforeAll
  static void start() {
    lake = Lake.in(directory, Map.of("query.cache_interval", "10ms"));
    Samples.addTo(lake);
  }

  @AfterAll
  static void stop() {
    lake.close();
  }

  private static Schema plain() {
    return new Schema(
        NestedField.optional(1, "a", Types.IntegerType.get()),
        NestedField.optional(2, "b", Types.StringType.get()));
  }

  private static long snapshot(Table table) {
    table.refresh();
    return table.currentSnapshot().snapshotId();
  }

  /** Columns, and rows in the order of their text. */
  private static List<String> answer(String sql) {
    HttpResponse<String> answer = lake.post(Map.of("sql", sql));
    JsonNode body = Lake.json(answer);
    if (answer.statusCode() != 200) {
      return List.of(body.get("code").asText(), body.get("detail").asText());
    }
    return Stream.concat(
            Stream.of(body.get("columns").toString()),
            StreamSupport.stream(body.get("rows").spliterator(), false)
                .map(JsonNode::toString)
                .sorted())
        .toList();
  }

  @Test
  void everyQueryHasTheSameAnswer() {
    List<String> answered = SqlLists.answered();
    List<String> queries =
        Stream.concat(
                SqlLists.allowed().stream(),
                IntStream.range(0, answered.size() / 2).mapToObj(i -> answered.get(2 * i)))
            .filter(sql -> !sql.contains("current_timestamp"))
            .toList();
    List<String> mistakes =
        List.of(
            "SELECT regoin FROM sales",
            "SELECT CAST(region AS INTEGER) FROM sales",
            "SELECT id + region FROM sales",
            "SELECT 1 / (id - id) FROM sales",
            "SELECT x.id FROM sales s");
    List<String> all = Stream.concat(queries.stream(), mistakes.stream()).toList();
    List<List<String>> fromFiles = all.stream().map(CacheIT::answer).toList();
    lake.pin("sales", "customers");
    long bypasses = lake.cached("sales").get("bypasses").asLong();
    for (int i = 0; i < all.size(); i++) {
      assertThat(answer(all.get(i))).as(all.get(i)).isEqualTo(fromFiles.get(i));
    }
    JsonNode sales = lake.cached("sales");
    assertThat(sales.get("bypasses").asLong()).isEqualTo(bypasses);
    assertThat(sales.get("hits").asLong()).isGreaterThan(50);
    assertThat(sales.get("rows").asLong()).isEqualTo(2000);
    assertThat(sales.get("bytes").asLong()).isPositive();
    assertThat(sales.get("lastUsedAt").asText()).startsWith("20");
    String rows = lake.rows("SELECT id FROM sales");
    lake.evict("sales", "customers");
    assertThat(lake.rows("SELECT id FROM sales")).as("in the same order").isEqualTo(rows);
    assertThat(lake.cached("sales").isMissingNode()).isTrue();
  }

  @Test
  void valuesOfEveryTypeAreTheSame() {
    Types.StructType struct =
        Types.StructType.of(
            NestedField.optional(20, "x", Types.LongType.get()),
            NestedField.optional(21, "when", Types.TimestampType.withZone()));
    Table table =
        lake.create(
            "typed",
            new Schema(
                NestedField.optional(1, "bool", Types.BooleanType.get()),
                NestedField.optional(2, "l", Types.LongType.get()),
                NestedField.optional(3, "f", Types.FloatType.get()),
                NestedField.optional(4, "d", Types.DoubleType.get()),
                NestedField.optional(5, "dec", Types.DecimalType.of(38, 4)),
                NestedField.optional(6, "day", Types.DateType.get()),
                NestedField.optional(7, "t", Types.TimeType.get()),
                NestedField.optional(8, "ts", Types.TimestampType.withoutZone()),
                NestedField.optional(9, "tz", Types.TimestampType.withZone()),
                NestedField.optional(10, "bin", Types.BinaryType.get()),
                NestedField.optional(14, "fix \"q\" $", Types.FixedType.ofLength(2)),
                NestedField.optional(
                    11, "list", Types.ListType.ofOptional(22, Types.LongType.get())),
                NestedField.optional(12, "s", struct),
                NestedField.optional(
                    13,
                    "m",
                    Types.MapType.ofOptional(
                        23, 24, Types.StringType.get(), Types.DecimalType.of(6, 2)))));
    GenericRecord nested = GenericRecord.create(struct);
    nested.setField("x", 5L);
    nested.setField("when", OffsetDateTime.of(1960, 6, 1, 0, 0, 0, 1000, ZoneOffset.UTC));
    Lake.append(
        table,
        Lake.row(
            true,
            Long.MIN_VALUE,
            Float.NEGATIVE_INFINITY,
            Double.NaN,
            new BigDecimal("-1234567890123456789012345678901234.5678"),
            LocalDate.of(1582, 10, 15),
            LocalTime.of(23, 59, 59, 999_999_000),
            LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000),
            OffsetDateTime.of(1969, 12, 31, 12, 0, 0, 1_000, ZoneOffset.ofHours(2)),
            ByteBuffer.wrap(new byte[] {0, (byte) 255}),
            new byte[] {1, 2},
            Arrays.asList(1L, null, Long.MAX_VALUE),
            nested,
            Map.of("k", new BigDecimal("1.50"))),
        Lake.row(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null));
    List<String> plain = answer("SELECT * FROM typed");
    assertThat(plain).hasSize(3);
    String zoned = zoned();
    lake.pin("typed");
    lake.awaitHit("typed", () -> assertThat(answer("SELECT * FROM typed")).isEqualTo(plain));
    assertThat(zoned()).isEqualTo(zoned);
    lake.evict("typed");
  }

  private static String zoned() {
    return Lake.json(
            lake.post(
                Map.of(
                    "sql", "SELECT tz, CAST(tz AS VARCHAR) FROM typed", "timeZone", "Asia/Tokyo")))
        .get("rows")
        .toString();
  }

  @Test
  void everyCommitIsSeenAtOnce() {
    Table table = lake.create("fresh", plain());
    lake.pin("fresh");
    for (int i = 1; i <= 40; i++) {
      Lake.append(table, Lake.row(i, "x"));
      String expected = "[[\"" + i + "\"," + i + "]]";
      assertThat(lake.rows("SELECT count(*), max(a) FROM fresh")).isEqualTo(expected);
      if (i % 4 == 0) {
        lake.awaitHit(
            "fresh",
            () -> assertThat(lake.rows("SELECT count(*), max(a) FROM fresh")).isEqualTo(expected));
      }
    }
    assertThat(lake.rows("SELECT a FROM fresh LIMIT 3")).isEqualTo("[[1],[2],[3]]");
    table.newDelete().deleteFromRowFilter(Expressions.lessThan("a", 11)).commit();
    assertThat(lake.rows("SELECT count(*) FROM fresh")).isEqualTo("[[\"30\"]]");
    lake.awaitHit(
        "fresh", () -> assertThat(lake.rows("SELECT min(a) FROM fresh")).isEqualTo("[[11]]"));
    assertThat(lake.cached("fresh").get("snapshotId").asText())
        .isEqualTo(Long.toString(snapshot(table)));
    lake.evict("fresh");
  }

  @Test
  void whatAReceiptNamesIsWhatWasCounted() throws Exception {
    Table table = lake.create("raced", plain());
    Lake.append(table, Lake.row(0, "x"));
    Map<String, Integer> rowsOf = new ConcurrentHashMap<>();
    rowsOf.put(Long.toString(snapshot(table)), 1);
    lake.pin("raced");
    AtomicBoolean over = new AtomicBoolean();
    List<CompletableFuture<Integer>> readers =
        IntStream.range(0, 3)
            .mapToObj(reader -> CompletableFuture.supplyAsync(() -> read(rowsOf, over)))
            .toList();
    for (int i = 1; i <= 60; i++) {
      Lake.append(table, Lake.row(i, "x"));
      rowsOf.put(Long.toString(snapshot(table)), i + 1);
    }
    lake.awaitHit("raced", () -> lake.rows("SELECT count(*) FROM raced"));
    over.set(true);
    for (CompletableFuture<Integer> reader : readers) {
      assertThat(reader.get()).isPositive();
    }
    assertThat(lake.cached("raced").get("hits").asLong()).isPositive();
    assertThat(lake.rows("SELECT count(*), count(DISTINCT a) FROM raced"))
        .isEqualTo("[[\"61\",\"61\"]]");
    lake.evict("raced");
  }

  private static int read(Map<String, Integer> rowsOf, AtomicBoolean over) {
    int answers = 0;
    while (!over.get()) {
      JsonNode answer =
          Lake.json(lake.post(Map.of("sql", "SELECT count(*), max(a) + 1 FROM raced")));
      assertThat(answer.has("rows")).as(answer.toString()).isTrue();
      String told = answer.at("/receipt/tables/0/snapshotId").asText();
      await().until(() -> rowsOf.containsKey(told));
      assertThat(answer.get("rows").toString())
          .isEqualTo("[[\"" + rowsOf.get(told) + "\"," + rowsOf.get(told) + "]]");
      answers++;
    }
    return answers;
  }

  @Test
  void metadataColumnsAndThePastAreRight() {
    List<NestedField> fields =
        new ArrayList<>(List.of(NestedField.optional(1, "a", Types.IntegerType.get())));
    fields.addAll(MetadataColumns.fields(2));
    Table table = lake.create("landed", new Schema(fields));
    OffsetDateTime at = OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    Lake.append(table, Lake.row(7, 0, 41L, at, "i-1"));
    long first = snapshot(table);
    Lake.append(table, Lake.row(8, 1, 5L, at, null));
    lake.pin("landed");
    lake.awaitHit(
        "landed",
        () -> assertThat(lake.rows("SELECT * FROM landed ORDER BY a")).isEqualTo("[[7],[8]]"));
    assertThat(lake.rows("SELECT *, _kafka_offset, _ingested_at FROM landed WHERE a = 7"))
        .isEqualTo("[[7,\"41\",\"2024-01-01T00:00:00Z\"]]");
    assertThat(
            lake.rows(
                "SELECT l.* FROM landed l JOIN landed r ON l._kafka_offset = r._kafka_offset"
                    + " ORDER BY 1"))
        .isEqualTo("[[7],[8]]");
    long bypasses = lake.cached("landed").get("bypasses").asLong();
    assertThat(lake.rows("SELECT a FROM landed FOR VERSION AS OF " + first)).isEqualTo("[[7]]");
    assertThat(lake.cached("landed").get("bypasses").asLong()).isEqualTo(bypasses + 1);
    assertThat(
            lake.rows(
                "SELECT count(*) FROM landed n FULL JOIN landed FOR VERSION AS OF "
                    + first
                    + " o ON n.a = o.a WHERE o.a IS NULL"))
        .isEqualTo("[[\"1\"]]");
    lake.evict("landed");
  }

  @Test
  void columnsThatChangeAreFollowed() {
    Table table =
        lake.create(
            "swapped",
            new Schema(
                NestedField.optional(1, "a", Types.IntegerType.get()),
                NestedField.optional(2, "b", Types.IntegerType.get())));
    Lake.append(table, Lake.row(1, 10), Lake.row(2, 20));
    lake.pin("swapped");
    table.updateSchema().renameColumn("a", "c").commit();
    table.updateSchema().renameColumn("b", "a").commit();
    table.updateSchema().renameColumn("c", "b").commit();
    hit("swapped", "SELECT a, b FROM swapped WHERE a > 10", "[[20,2]]");
    table.updateSchema().updateColumn("a", Types.LongType.get()).commit();
    hit("swapped", "SELECT a, b FROM swapped WHERE a > 10", "[[\"20\",2]]");
    table.updateSchema().addColumn("c", Types.StringType.get()).commit();
    hit("swapped", "SELECT * FROM swapped WHERE c IS NULL AND b = 2", "[[2,\"20\",null]]");
    Lake.append(table, Lake.row(3, 30L, "new"));
    hit("swapped", "SELECT * FROM swapped WHERE c IS NOT NULL", "[[3,\"30\",\"new\"]]");
    table.updateSchema().deleteColumn("c").commit();
    hit("swapped", "SELECT * FROM swapped WHERE b = 3", "[[3,\"30\"]]");
    table.updateSchema().addColumn("c", Types.DateType.get()).commit();
    hit("swapped", "SELECT c FROM swapped WHERE b = 3", "[[null]]");
    lake.evict("swapped");
  }

  /** The answer is right at once, and also once it comes from memory. */
  private static void hit(String table, String sql, String rows) {
    assertThat(lake.rows(sql)).isEqualTo(rows);
    lake.awaitHit(table, () -> assertThat(lake.rows(sql)).isEqualTo(rows));
  }

  @Test
  void aTableMadeAnewOrRenamedIsNotPinned() {
    Lake.append(lake.create("again", plain()), Lake.row(1, "x"));
    lake.pin("again");
    lake.catalog().catalog().dropTable(TableNames.of(new DatasetName("again")), true);
    assertThat(lake.problem("SELECT b FROM again").get("code").asText()).isEqualTo("unknown_table");
    Lake.append(lake.create("again", plain()), Lake.row(2, "y"));
    assertThat(lake.rows("SELECT b FROM again")).isEqualTo("[[\"y\"]]");
    await().until(() -> lake.cached("again").isMissingNode());
    lake.pin("again");
    hit("again", "SELECT b FROM again", "[[\"y\"]]");
    lake.catalog()
        .catalog()
        .renameTable(
            TableNames.of(new DatasetName("again")), TableNames.of(new DatasetName("renamed")));
    assertThat(lake.rows("SELECT b FROM renamed")).isEqualTo("[[\"y\"]]");
    Lake.append(lake.create("again", plain()), Lake.row(3, "z"));
    assertThat(lake.rows("SELECT b FROM again")).isEqualTo("[[\"z\"]]");
    await().until(() -> lake.cached("again").isMissingNode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM \"memory#0\".main.\"rows\"",
        "SELECT * FROM \"memory#0\".\"rows\"",
        "SELECT * FROM \"memory#0.main.rows\"",
        "SELECT * FROM memory.scan.\"sales#0\"",
        "SELECT * FROM \"rows\"",
        "SELECT * FROM lake.\"memory#0\"",
        "SELECT * FROM main.\"rows\"",
        "WITH \"memory#0\" AS (SELECT 1) SELECT * FROM \"memory#0\"",
        "SELECT (SELECT count(*) FROM \"memory#1\".\"rows\") FROM sales",
        "SELECT * FROM sales JOIN \"memory#1\".\"rows\" ON true",
        "SELECT * FROM duckdb_databases()",
        "SELECT * FROM duckdb_tables()",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM pragma_database_size()",
        "SELECT * FROM duckdb_memory()",
        "SELECT * FROM query_table('memory#0.main.rows')",
        "SELECT * FROM query('FROM \"memory#0\".rows')",
        "TABLE \"memory#0\".\"rows\"",
        "SHOW ALL TABLES",
        "SHOW DATABASES",
        "SHOW TABLES FROM \"memory#0\"",
        "DESCRIBE \"memory#0\".main.\"rows\"",
        "EXPLAIN SELECT * FROM \"memory#0\".main.\"rows\"",
        "ATTACH ':memory:' AS x",
        "DETACH \"memory#0\"",
        "CHECKPOINT \"memory#0\"",
        "USE \"memory#0\"",
        "DROP TABLE \"memory#0\".main.\"rows\"",
        "SELECT 1; DROP TABLE \"memory#0\".main.\"rows\"",
      })
  void nobodyNamesWhatIsInMemory(String sql) {
    lake.pin("sales");
    assertThat(lake.post(Map.of("sql", sql)).statusCode()).as(sql).isBetween(400, 499);
  }

  @Test
  void whatIsInMemoryIsNotShown() {
    lake.pin("sales");
    assertThat(lake.rows("SHOW TABLES")).doesNotContain("#").contains("[\"sales\"]");
    assertThat(lake.get("/catalog/datasets?limit=1000").body()).doesNotContain("memory#");
    lake.awaitHit("sales", () -> lake.rows("SELECT 1 FROM sales LIMIT 1"));
    assertThat(lake.rows("EXPLAIN SELECT id, region FROM sales WHERE qty > 3 ORDER BY price"))
        .doesNotContain("memory#")
        .contains("region");
    assertThat(lake.problem("SELECT nope FROM sales").toString()).doesNotContain("memory#");
    assertThat(lake.problem("SELECT CAST(region AS INTEGER) FROM sales").toString())
        .doesNotContain("memory#");
  }

  @Test
  void saysWhatIsNotThere() {
    JsonNode unknown = Lake.json(lake.post("/query/cache/pin", Map.of("table", "sale")));
    assertThat(unknown.get("status").asInt()).isEqualTo(404);
    assertThat(unknown.get("nearest").toString()).isEqualTo("[\"sales\"]");
    JsonNode none = Lake.json(lake.post("/query/cache/evict", Map.of("table", "customers2")));
    assertThat(none.get("code").asText()).isEqualTo("not_pinned");
    for (Map<String, ?> body :
        List.<Map<String, ?>>of(Map.of(), Map.of("tabel", "sales"), Map.of("table", 5))) {
      HttpResponse<String> bad = lake.post("/query/cache/pin", body);
      assertThat(bad.statusCode()).as(bad.body()).isIn(400, 404);
    }
    assertThat(lake.post("/query/cache/pin", Map.of("table", "\"rows\"")).statusCode())
        .isEqualTo(404);
    assertThat(lake.post("/query/cache/pin", Map.of("table", "lake.Customers")).statusCode())
        .isIn(200, 202);
    lake.evict("CUSTOMERS");
  }

  /** Rows that hardly can be made smaller. */
  private static void large(Lake where, String name, int rows) {
    Table table =
        where.create(
            name,
            new Schema(
                NestedField.required(1, "id", Types.LongType.get()),
                NestedField.required(2, "x", Types.LongType.get())));
    Lake.write(
        table,
        writer -> {
          for (long id = 0; id < rows; id++) {
            GenericRecord row = GenericRecord.create(table.schema());
            row.set(0, id);
            row.set(1, id * 0x9E3779B97F4A7C15L);
            writer.write(row);
          }
        });
  }

  @Test
  void thoseUsedLastStayWithinTheBudgetAndPinsSurvive(@TempDir Path own) {
    Map<String, String> settings =
        Map.of(
            "query.cache_interval", "10ms",
            "query.cache_bytes", "6MB",
            "query.memory", "64MB");
    try (Lake small = Lake.in(own, settings)) {
      large(small, "one", 400_000);
      large(small, "two", 400_000);
      large(small, "three", 2_500_000);
      small.pin("one");
      long bytes = small.cached("one").get("bytes").asLong();
      assertThat(bytes).isBetween(3_000_000L, 6L << 20);
      small.pin("two");
      assertThat(small.cached("one").get("state").asText()).isEqualTo("EVICTED");
      assertThat(small.cached("one").get("bytes").asLong()).isZero();
      assertThat(small.rows("SELECT x FROM one WHERE id = 3")).contains("[[");
      small.pin("one");
      assertThat(small.cached("two").get("state").asText()).isEqualTo("EVICTED");

      small.post("/query/cache/pin", Map.of("table", "three"));
      small.awaitState("three", "TOO_BIG");
      assertThat(small.cached("three").get("detail").asText()).contains("query.cache_bytes is");
      assertThat(small.rows("SELECT count(*) FROM three")).isEqualTo("[[\"2500000\"]]");
      small.evict("three");

      small.pin("two");
      assertThat(Lake.json(small.get("/query/cache/stats")).get("usedBytes").asLong())
          .isLessThanOrEqualTo(6L << 20);
      assertThat(small.rows("SELECT count(DISTINCT x), max(id) FROM three"))
          .as("needs more than what is left beside the budget, and spills")
          .isEqualTo("[[\"2500000\",\"2499999\"]]");
      small.evict("one");
    }
    try (Lake small = Lake.in(own, settings)) {
      small.awaitState("two", "READY");
      small.awaitHit("two", () -> small.rows("SELECT count(*) FROM two"));
      assertThat(small.cached("one").isMissingNode()).isTrue();
    }
  }

  @Test
  void queriesGoOnWhileATableIsLoadedAndItCanBeEvictedThen() {
    large(lake, "loading", 1_500_000);
    String sql = "SELECT count(*), max(id) FROM loading";
    String rows = "[[\"1500000\",\"1499999\"]]";
    assertThat(lake.post("/query/cache/pin", Map.of("table", "loading")).statusCode())
        .isEqualTo(202);
    long answered = 0;
    while (lake.cached("loading").get("state").asText().equals("LOADING")) {
      assertThat(lake.rows(sql)).isEqualTo(rows);
      answered++;
    }
    assertThat(answered).isPositive();
    lake.awaitHit("loading", () -> assertThat(lake.rows(sql)).isEqualTo(rows));
    lake.evict("loading");
    lake.post("/query/cache/pin", Map.of("table", "loading"));
    lake.evict("loading");
    assertThat(lake.rows(sql)).isEqualTo(rows);
    assertThat(lake.cached("loading").isMissingNode()).isTrue();
  }
}
