package dev.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.LocalFileIO;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.TableNames;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFiles;
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

/** Iceberg tables of every kind, as SQL sees them. */
class TablesIT {
  @TempDir static Path directory;
  private static Lake lake;

  @BeforeAll
  static void start() {
    lake = Lake.in(directory);
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

  @Test
  void followsColumnsByTheirId() {
    Table table = lake.create("evolved", plain());
    Lake.append(table, Lake.row(1, "x"));
    table.updateSchema().addColumn("c", Types.DoubleType.get()).commit();
    Lake.append(table, Lake.row(2, "y", 2.5));
    table.updateSchema().renameColumn("b", "bee").commit();
    table.updateSchema().updateColumn("a", Types.LongType.get()).commit();
    Lake.append(table, Lake.row(3L << 32, "z", 3.5));
    assertThat(lake.rows("SELECT * FROM evolved ORDER BY a"))
        .isEqualTo("[[\"1\",\"x\",null],[\"2\",\"y\",2.5],[\"12884901888\",\"z\",3.5]]");
    table.updateSchema().deleteColumn("c").commit();
    table.updateSchema().addColumn("c", Types.StringType.get()).commit();
    Lake.append(table, Lake.row(4L, "w", "again"));
    assertThat(lake.rows("SELECT c FROM evolved ORDER BY a"))
        .isEqualTo("[[null],[null],[\"again\"],[null]]");
    table.updateSchema().renameColumn("bee", "a2").renameColumn("a", "bee").commit();
    assertThat(lake.rows("SELECT bee, a2 FROM evolved WHERE bee = 1")).isEqualTo("[[\"1\",\"x\"]]");
  }

  @Test
  void plansWithTheNumberOfRowsAndFollowsNamesThatAreSwapped() {
    Table table =
        lake.create(
            "swapped",
            new Schema(
                NestedField.optional(1, "a", Types.IntegerType.get()),
                NestedField.optional(2, "b", Types.IntegerType.get())));
    Lake.append(table, Lake.row(1, 10), Lake.row(2, 20));
    Lake.append(table, Lake.row(3, 30), Lake.row(4, 40));
    assertThat(lake.rows("EXPLAIN SELECT a FROM swapped")).contains("about rows 4");
    table.updateSchema().renameColumn("a", "c").commit();
    table.updateSchema().renameColumn("b", "a").commit();
    table.updateSchema().renameColumn("c", "b").commit();
    assertThat(lake.rows("SELECT a, b FROM swapped WHERE a > 20 ORDER BY a"))
        .isEqualTo("[[30,3],[40,4]]");
    table.updateSchema().updateColumn("a", Types.LongType.get()).commit();
    table.updateSchema().addColumn("c", Types.DecimalType.of(9, 2)).commit();
    Lake.append(table, Lake.row(5, 50L, new BigDecimal("0.50")));
    assertThat(lake.rows("EXPLAIN SELECT count(*) FROM swapped"))
        .contains("about rows 4")
        .contains("about rows 1");
    assertThat(lake.rows("SELECT b, a, c FROM swapped WHERE b > 3 ORDER BY b"))
        .isEqualTo("[[4,\"40\",null],[5,\"50\",\"0.50\"]]");
    String first = Long.toString(table.history().get(0).snapshotId());
    assertThat(lake.rows("SELECT a, b FROM swapped FOR VERSION AS OF " + first + " ORDER BY a"))
        .isEqualTo("[[1,10],[2,20]]");
  }

  @Test
  void seesEveryCommitAtOnce() {
    Table table = lake.create("fresh", plain());
    assertThat(lake.rows("SELECT count(*), max(a) FROM fresh")).isEqualTo("[[\"0\",null]]");
    assertThat(lake.rows("SELECT * FROM fresh")).isEqualTo("[]");
    for (int i = 1; i <= 30; i++) {
      Lake.append(table, Lake.row(i, "x"));
      assertThat(lake.rows("SELECT count(*), max(a) FROM fresh"))
          .isEqualTo("[[\"" + i + "\"," + i + "]]");
    }
    table.newDelete().deleteFromRowFilter(Expressions.lessThan("a", 11)).commit();
    assertThat(lake.rows("SELECT count(*) FROM fresh")).isEqualTo("[[\"20\"]]");
    JsonNode answer = Lake.json(lake.post(Map.of("sql", "SELECT 1 FROM fresh LIMIT 1")));
    assertThat(answer.get("stats").get("scannedFiles").asInt()).isEqualTo(20);
  }

  @Test
  void followsATableMadeAnew() {
    Lake.append(lake.create("again", plain()), Lake.row(1, "x"));
    assertThat(lake.rows("SELECT b FROM again")).isEqualTo("[[\"x\"]]");
    lake.catalog().catalog().dropTable(TableNames.of(new DatasetName("again")), true);
    assertThat(lake.problem("SELECT b FROM again").get("code").asText()).isEqualTo("unknown_table");
    Lake.append(lake.create("again", plain()), Lake.row(2, "y"));
    assertThat(lake.rows("SELECT b FROM again")).isEqualTo("[[\"y\"]]");
    lake.catalog().catalog().dropTable(TableNames.of(new DatasetName("again")), true);
    Lake.append(lake.create("again", plain()), Lake.row(3, "z"));
    assertThat(lake.rows("SELECT b FROM again")).isEqualTo("[[\"z\"]]");
  }

  @Test
  void hidesMetadataColumnsUntilTheyAreNamed() {
    List<NestedField> fields =
        new ArrayList<>(List.of(NestedField.optional(1, "a", Types.IntegerType.get())));
    fields.addAll(MetadataColumns.fields(2));
    Table table = lake.create("landed", new Schema(fields));
    OffsetDateTime at = OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    Lake.append(table, Lake.row(7, 0, 41L, at, "i-1"), Lake.row(8, 1, 5L, at, null));
    table.updateSchema().addColumn("late", Types.StringType.get()).commit();
    table
        .updateProperties()
        .set(LandedState.TOPIC, "data.landed")
        .set(LandedState.OFFSETS, "0:42,1:6")
        .set(LandedState.QUARANTINED, "3")
        .commit();
    assertThat(lake.rows("SELECT * FROM landed ORDER BY a")).isEqualTo("[[7,null],[8,null]]");
    assertThat(lake.rows("SELECT l.* FROM landed l ORDER BY a")).isEqualTo("[[7,null],[8,null]]");
    assertThat(
            lake.rows("SELECT a, _kafka_offset, _INGESTED_AT, _ingest_id FROM landed WHERE a = 7"))
        .isEqualTo("[[7,\"41\",\"2024-01-01T00:00:00Z\",\"i-1\"]]");
    assertThat(lake.rows("SELECT *, _kafka_offset FROM landed WHERE _kafka_partition = 1"))
        .isEqualTo("[[8,null,\"5\"]]");
    assertThat(
            lake.rows(
                "SELECT * FROM landed x JOIN landed y ON x._kafka_offset = y._kafka_offset WHERE"
                    + " x.a = 7"))
        .isEqualTo("[[7,null,7,null]]");
    assertThat(
            lake.rows("SELECT * FROM landed x JOIN landed y USING (a) WHERE x._kafka_offset = 41"))
        .isEqualTo("[[7,null,null]]");
    assertThat(lake.rows("SELECT * FROM (SELECT a, _kafka_offset AS o FROM landed) t WHERE a = 7"))
        .isEqualTo("[[7,\"41\"]]");
    assertThat(
            lake.rows(
                "WITH t AS (SELECT a, _kafka_offset FROM landed) SELECT * FROM t WHERE a = 7"))
        .isEqualTo("[[7,\"41\"]]");
    assertThat(lake.rows("SELECT * EXCLUDE (late), _kafka_offset FROM landed WHERE a = 7"))
        .isEqualTo("[[7,\"41\"]]");
    JsonNode receipt =
        Lake.json(lake.post(Map.of("sql", "SELECT 1 FROM landed"))).get("receipt").get("tables");
    assertThat(receipt.get(0).get("offsets").toString()).isEqualTo("{\"0\":\"42\",\"1\":\"6\"}");
    JsonNode dataset = Lake.json(lake.get("/catalog/datasets/by-name/landed"));
    assertThat(dataset.get("quarantined").asInt()).isEqualTo(3);
    assertThat(dataset.get("columns")).hasSize(2);
    assertThat(dataset.get("offsets").toString()).isEqualTo("{\"0\":\"42\",\"1\":\"6\"}");
  }

  @Test
  void writesEveryTypeAsTheContractSays() {
    Types.StructType struct =
        Types.StructType.of(
            NestedField.optional(20, "x", Types.LongType.get()),
            NestedField.optional(21, "when", Types.TimestampType.withoutZone()));
    Table table =
        lake.create(
            "types",
            new Schema(
                NestedField.optional(1, "b", Types.BooleanType.get()),
                NestedField.optional(2, "l", Types.LongType.get()),
                NestedField.optional(3, "f", Types.FloatType.get()),
                NestedField.optional(4, "d", Types.DoubleType.get()),
                NestedField.optional(5, "dec", Types.DecimalType.of(20, 4)),
                NestedField.optional(6, "day", Types.DateType.get()),
                NestedField.optional(7, "t", Types.TimeType.get()),
                NestedField.optional(8, "ts", Types.TimestampType.withoutZone()),
                NestedField.optional(9, "tz", Types.TimestampType.withZone()),
                NestedField.optional(10, "bin", Types.BinaryType.get()),
                NestedField.optional(
                    11, "list", Types.ListType.ofOptional(22, Types.LongType.get())),
                NestedField.optional(12, "s", struct),
                NestedField.optional(
                    13,
                    "m",
                    Types.MapType.ofOptional(
                        23, 24, Types.StringType.get(), Types.DecimalType.of(6, 2)))));
    GenericRecord nested = GenericRecord.create(table.schema().findType("s").asStructType());
    nested.setField("x", 5L);
    nested.setField("when", LocalDateTime.of(2024, 6, 1, 0, 0));
    Lake.append(
        table,
        Lake.row(
            true,
            Long.MAX_VALUE,
            1.5f,
            Double.NaN,
            new BigDecimal("12345.6000"),
            LocalDate.of(2024, 2, 29),
            LocalTime.of(1, 2, 3, 4_000),
            LocalDateTime.of(2024, 6, 1, 12, 0, 0, 123_456_000),
            OffsetDateTime.of(2024, 6, 1, 12, 0, 0, 0, ZoneOffset.ofHours(2)),
            ByteBuffer.wrap(new byte[] {0, (byte) 255}),
            List.of(1L, 2L),
            nested,
            Map.of("k", new BigDecimal("1.50"))));
    JsonNode answer = Lake.json(lake.post(Map.of("sql", "SELECT * FROM types")));
    assertThat(answer.get("rows").get(0).toString())
        .isEqualTo(
            "[true,\"9223372036854775807\",1.5,\"NaN\",\"12345.6000\",\"2024-02-29\","
                + "\"01:02:03.000004\",\"2024-06-01T12:00:00.123456\",\"2024-06-01T10:00:00Z\","
                + "\"AP8=\",[\"1\",\"2\"],{\"x\":\"5\",\"when\":\"2024-06-01T00:00:00\"},"
                + "{\"k\":\"1.50\"}]");
    List<String> types = new ArrayList<>();
    answer.get("columns").forEach(column -> types.add(column.get("type").asText()));
    assertThat(types)
        .containsExactly(
            "boolean",
            "bigint",
            "real",
            "double",
            "decimal(20,4)",
            "date",
            "time",
            "timestamp",
            "timestamptz",
            "binary",
            "list(bigint)",
            "struct(x bigint,\"when\" timestamp)",
            "map(varchar,decimal(6,2))");
  }

  @Test
  void keepsColumnNamesWithSymbols() {
    Table table =
        lake.create(
            "symbols",
            new Schema(
                NestedField.optional(1, "Cost Total $", Types.DoubleType.get()),
                NestedField.optional(2, "it's \"quoted\"", Types.StringType.get()),
                NestedField.optional(3, "größe", Types.IntegerType.get()),
                NestedField.optional(4, "Origin", Types.StringType.get())));
    Lake.append(table, Lake.row(1.5, "q", 3, "here"));
    assertThat(
            lake.rows(
                "SELECT \"Cost Total $\", \"it's \"\"quoted\"\"\", größe, ORIGIN, \"origin\" FROM"
                    + " symbols WHERE \"cost total $\" > 1"))
        .isEqualTo("[[1.5,\"q\",3,\"here\",\"here\"]]");
    assertThat(lake.problem("SELECT \"Cost Totl $\" FROM symbols").get("nearest").toString())
        .isEqualTo("[\"Cost Total $\"]");
  }

  @Test
  void refusesWhatItCouldNotReadRight() {
    Types.StructType struct =
        Types.StructType.of(NestedField.optional(3, "x", Types.LongType.get()));
    Table nested = lake.create("nested", new Schema(NestedField.optional(1, "s", struct)));
    GenericRecord value = GenericRecord.create(nested.schema().findType("s").asStructType());
    value.setField("x", 5L);
    Lake.append(nested, Lake.row(value));
    nested.updateSchema().addColumn("s", "y", Types.StringType.get()).commit();
    assertThat(lake.rows("SELECT s FROM nested")).isEqualTo("[[{\"x\":\"5\",\"y\":null}]]");
    nested.updateSchema().renameColumn("s.x", "z").commit();
    JsonNode problem = lake.problem("SELECT s FROM nested");
    assertThat(problem.get("code").asText()).isEqualTo("unsupported_table");
    assertThat(problem.get("detail").asText())
        .contains("inside a column was renamed or made again");
  }

  @Test
  void refusesFilesWithoutFieldIds() throws Exception {
    Table foreign = lake.create("foreign_files", plain());
    Path file = LocalFileIO.path(foreign.location()).resolve("data").resolve("plain.parquet");
    Files.createDirectories(file.getParent());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (SELECT 1 AS a, 'x' AS b) TO '" + file + "'");
    }
    foreign
        .newAppend()
        .appendFile(
            DataFiles.builder(foreign.spec())
                .withPath(file.toString())
                .withFileSizeInBytes(Files.size(file))
                .withRecordCount(1)
                .build())
        .commit();
    assertThat(lake.problem("SELECT a FROM foreign_files").get("detail").asText())
        .isEqualTo("'foreign_files' cannot be read: it has a file without field ids");
  }

  @Test
  void aggregatesAMillionRows() {
    Table table =
        lake.create(
            "million",
            new Schema(
                NestedField.required(1, "id", Types.LongType.get()),
                NestedField.required(2, "g", Types.IntegerType.get())));
    for (int part = 0; part < 4; part++) {
      long from = part * 250_000L;
      Lake.write(
          table,
          writer -> {
            for (long id = from; id < from + 250_000; id++) {
              GenericRecord row = GenericRecord.create(table.schema());
              row.set(0, id);
              row.set(1, (int) (id % 10));
              writer.write(row);
            }
          });
    }
    assertThat(lake.rows("SELECT g, count(*), sum(id) FROM million GROUP BY g ORDER BY g LIMIT 2"))
        .isEqualTo("[[0,\"100000\",\"49999500000\"],[1,\"100000\",\"49999600000\"]]");
    JsonNode all = Lake.json(lake.post(Map.of("sql", "SELECT id FROM million", "limit", 200_000)));
    assertThat(all.get("rows")).hasSize(200_000);
    assertThat(all.get("stats").get("truncated").asBoolean()).isTrue();
    JsonNode failed =
        Lake.json(
            lake.post(
                Map.of(
                    "sql",
                    "SELECT 1 / (id - 900000) FROM million ORDER BY id",
                    "limit",
                    2_000_000)));
    assertThat(failed.get("code").asText()).isEqualTo("sql_failed");
  }
}
