package dev.lakehouse.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that flow, above all as Arrow streams, read by Arrow's own reader. */
class ArrowIT {
  private static final String NUMBERS =
      "SELECT a.n * 1000 + b.n AS id, a.n AS a FROM UNNEST(sequence(1, %d)) AS a(n),"
          + " UNNEST(sequence(1, 1000)) AS b(n)";

  @TempDir static Path directory;
  private static Lake lake;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final BufferAllocator MEMORY = new RootAllocator();

  @BeforeAll
  static void start() {
    lake = Lake.in(directory, Map.of("query.concurrent", "1"));
    Samples.addTo(lake);
  }

  @AfterAll
  static void stop() {
    lake.close();
    MEMORY.close();
  }

  private static HttpResponse<InputStream> ask(String sql, long limit, String id) {
    try {
      String body = Lake.JSON.writeValueAsString(Map.of("sql", sql, "limit", limit));
      return HTTP.send(
          HttpRequest.newBuilder(lake.uri("/query/sql"))
              .header("Accept", "application/vnd.apache.arrow.stream")
              .header("X-Query-Id", id)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {100, 1_000_000})
  void keepsEveryType(long limit) throws IOException {
    String name = "typed" + limit;
    Table table =
        lake.create(
            name,
            new Schema(
                NestedField.optional(1, "dec", Types.DecimalType.of(20, 4)),
                NestedField.optional(2, "tz", Types.TimestampType.withZone()),
                NestedField.optional(3, "ts", Types.TimestampType.withoutZone()),
                NestedField.optional(
                    4, "list", Types.ListType.ofOptional(20, Types.LongType.get())),
                NestedField.optional(
                    5,
                    "s",
                    Types.StructType.of(
                        NestedField.optional(21, "x", Types.IntegerType.get()),
                        NestedField.optional(22, "y", Types.StringType.get()))),
                NestedField.optional(6, "bin", Types.BinaryType.get()),
                NestedField.optional(7, "day", Types.DateType.get()),
                NestedField.optional(8, "at", Types.TimeType.get()),
                NestedField.optional(9, "text", Types.StringType.get()),
                NestedField.optional(10, "f", Types.FloatType.get()),
                NestedField.optional(11, "yes", Types.BooleanType.get())));
    GenericRecord struct = GenericRecord.create(table.schema().findType("s").asStructType());
    struct.setField("x", 7);
    struct.setField("y", "in");
    Lake.append(
        table,
        Lake.row(
            new BigDecimal("-12345.6789"),
            OffsetDateTime.of(2024, 6, 1, 12, 0, 0, 5_000, ZoneOffset.ofHours(2)),
            LocalDateTime.of(2024, 6, 1, 12, 0, 0, 5_000),
            List.of(1L, 2L),
            struct,
            ByteBuffer.wrap(new byte[] {0, (byte) 255}),
            LocalDate.of(2024, 2, 29),
            LocalTime.of(1, 2, 3, 4_000),
            "ünï €",
            1.5f,
            true),
        new Object[11]);
    HttpResponse<InputStream> answer =
        ask("SELECT * FROM " + name + " ORDER BY dec", limit, "types");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("application/vnd.apache.arrow.stream");
    try (ArrowStreamReader reader = new ArrowStreamReader(answer.body(), MEMORY)) {
      assertThat(reader.getVectorSchemaRoot().getSchema().getFields())
          .extracting(field -> field.getName() + " " + field.getType())
          .containsExactly(
              "dec Decimal(20, 4, 128)",
              "tz Timestamp(MICROSECOND, UTC)",
              "ts Timestamp(MICROSECOND, null)",
              "list List",
              "s Struct",
              "bin Binary",
              "day Date(DAY)",
              "at Time(MICROSECOND, 64)",
              "text Utf8",
              "f FloatingPoint(SINGLE)",
              "yes Bool");
      String receipt =
          reader.getVectorSchemaRoot().getSchema().getCustomMetadata().get("lakehouse.receipt");
      JsonNode told = Lake.JSON.readTree(receipt);
      assertThat(told.get("queryId").asText()).isEqualTo("types");
      assertThat(told.get("tables").get(0).get("snapshotId").asLong())
          .isEqualTo(table.currentSnapshot().snapshotId());
      assertThat(reader.loadNextBatch()).isTrue();
      List<FieldVector> columns = reader.getVectorSchemaRoot().getFieldVectors();
      assertThat(columns.get(0).getObject(0)).isEqualTo(new BigDecimal("-12345.6789"));
      assertThat(columns.get(1).getObject(0)).isEqualTo(1_717_236_000_000_005L);
      assertThat(columns.get(2).getObject(0))
          .isEqualTo(LocalDateTime.of(2024, 6, 1, 12, 0, 0, 5_000));
      assertThat(columns.get(3).getObject(0)).hasToString("[1,2]");
      assertThat(columns.get(4).getObject(0)).hasToString("{\"x\":7,\"y\":\"in\"}");
      assertThat(columns.get(5).getObject(0)).isEqualTo(new byte[] {0, (byte) 255});
      assertThat(columns.get(6).getObject(0))
          .isEqualTo((int) LocalDate.of(2024, 2, 29).toEpochDay());
      assertThat(columns.get(7).getObject(0)).isEqualTo(3_723_000_004L);
      assertThat(columns.get(8).getObject(0)).hasToString("ünï €");
      assertThat(columns.get(9).getObject(0)).isEqualTo(1.5f);
      assertThat(columns.get(10).getObject(0)).isEqualTo(true);
      assertThat(columns).allMatch(column -> column.isNull(1));
      assertThat(reader.getVectorSchemaRoot().getRowCount()).isEqualTo(2);
    }
  }

  private static void flows(int thousands) throws IOException {
    long rows = 1000L * thousands;
    HttpResponse<InputStream> answer = ask(String.format(NUMBERS, thousands), rows, "flows");
    long count = 0;
    long sum = 0;
    try (BufferAllocator few = MEMORY.newChildAllocator("few", 0, 8 << 20);
        ArrowStreamReader reader = new ArrowStreamReader(answer.body(), few)) {
      while (reader.loadNextBatch()) {
        BigIntVector ids = (BigIntVector) reader.getVectorSchemaRoot().getVector("id");
        for (int i = 0; i < ids.getValueCount(); i++) {
          sum += ids.get(i);
        }
        count += ids.getValueCount();
      }
    }
    assertThat(count).isEqualTo(rows);
    long each = 1000L * thousands * (thousands + 1) / 2;
    assertThat(sum).isEqualTo(1000 * each + thousands * 500_500L);
  }

  @Test
  void aMillionRowsFlowInSmallBatches() throws IOException {
    flows(1_000);
  }

  @Test
  @Tag("full")
  void tenMillionRowsFlowInSmallBatches() throws IOException {
    flows(10_000);
  }

  private static void linesFlow(String format, int thousands) throws Exception {
    String body =
        Lake.JSON.writeValueAsString(
            Map.of("sql", String.format(NUMBERS, thousands), "limit", 1000L * thousands));
    HttpResponse<InputStream> answer =
        HTTP.send(
            HttpRequest.newBuilder(lake.uri("/query/sql"))
                .header("Accept", format)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    long lines = 0;
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
      String line = reader.readLine();
      String last = line;
      while (line != null) {
        lines++;
        last = line;
        line = reader.readLine();
      }
      assertThat(last).doesNotContain("error").contains(Integer.toString(thousands));
    }
    assertThat(lines).isEqualTo(1000L * thousands + (format.equals("text/csv") ? 1 : 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/csv", "application/x-ndjson"})
  void linesFlow(String format) throws Exception {
    linesFlow(format, 300);
  }

  @ParameterizedTest
  @Tag("full")
  @ValueSource(strings = {"text/csv", "application/x-ndjson"})
  void tenMillionLinesFlow(String format) throws Exception {
    linesFlow(format, 10_000);
  }

  @Test
  void cutsAtTheLimit() throws IOException {
    try (ArrowStreamReader reader =
        new ArrowStreamReader(ask("SELECT id FROM sales", 3, "cut").body(), MEMORY)) {
      assertThat(reader.loadNextBatch()).isTrue();
      assertThat(reader.getVectorSchemaRoot().getRowCount()).isEqualTo(3);
      assertThat(reader.loadNextBatch()).isFalse();
    }
  }

  @Test
  void aFailureBeforeTheFirstBytesIsAProblem() throws IOException {
    for (String sql :
        List.of("SELECT CAST(region AS INTEGER) FROM sales", "SELECT nope FROM sales")) {
      for (long limit : new long[] {10, 1_000_000}) {
        HttpResponse<InputStream> answer = ask(sql, limit, "fails");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body().readAllBytes(), UTF_8)).contains("\"code\":\"");
      }
    }
    assertThat(ask("SHOW TABLES", 10, "show").statusCode()).isEqualTo(406);
  }

  @Test
  void aFailureOnTheWayIsNoEndForAReader() throws IOException {
    String sql =
        "SELECT CASE WHEN a.id = 1999 AND b.id = 1999 THEN CAST(a.region AS INTEGER) ELSE 1 END"
            + " FROM sales a, sales b";
    List<Integer> batches = new ArrayList<>();
    try (ArrowStreamReader reader =
        new ArrowStreamReader(ask(sql, 10_000_000, "torn").body(), MEMORY)) {
      assertThatThrownBy(
              () -> {
                while (reader.loadNextBatch()) {
                  batches.add(reader.getVectorSchemaRoot().getRowCount());
                }
              })
          .isInstanceOf(IOException.class);
    }
    assertThat(batches).isNotEmpty();
  }

  @Test
  void cancelsWhileItFlowsAndWhenTheClientHangsUp() throws IOException {
    InputStream cancelled = ask(String.format(NUMBERS, 1_000_000), 900_000_000, "long").body();
    assertThat(cancelled.readNBytes(100_000)).hasSize(100_000);
    assertThat(lake.send(HttpRequest.newBuilder(lake.uri("/query/long")).DELETE()).statusCode())
        .isEqualTo(204);
    byte[] rest = cancelled.readAllBytes();
    assertThat(Arrays.copyOfRange(rest, rest.length - 8, rest.length))
        .as("the last message is announced and missing")
        .isEqualTo(new byte[] {-1, -1, -1, -1, 16, 0, 0, 0});
    InputStream left = ask(String.format(NUMBERS, 1_000_000), 900_000_000, "left").body();
    assertThat(left.read()).isGreaterThanOrEqualTo(0);
    left.close();
    await()
        .untilAsserted(
            () ->
                assertThat(
                        lake.send(HttpRequest.newBuilder(lake.uri("/query/left")).DELETE())
                            .statusCode())
                    .isEqualTo(404));
    assertThat(lake.rows("SELECT 1")).as("the one place is free again").isEqualTo("[[1]]");
  }
}
