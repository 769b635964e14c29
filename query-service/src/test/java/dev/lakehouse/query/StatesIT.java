package dev.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LandedState;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as they were, and the files of a table that a query needs. */
class StatesIT {
  private static final int FILES = 24;

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

  private static long snapshot(Table table) {
    table.refresh();
    return table.currentSnapshot().snapshotId();
  }

  private static JsonNode ask(String sql, Object snapshot) {
    return Lake.json(lake.post(Map.of("sql", sql, "snapshot", snapshot)));
  }

  @Test
  void readsATableAsItWas() {
    Table table =
        lake.create(
            "was",
            new Schema(
                NestedField.optional(1, "a", Types.IntegerType.get()),
                NestedField.optional(2, "b", Types.StringType.get())));
    Lake.append(table, Lake.row(1, "x"));
    long first = snapshot(table);
    Instant between = Instant.ofEpochMilli(table.currentSnapshot().timestampMillis());
    table.updateSchema().renameColumn("b", "bee").addColumn("c", Types.LongType.get()).commit();
    table.newFastAppend().set(LandedState.OFFSETS, "0:7").commit();
    Lake.append(table, Lake.row(2, "y", 5L));
    table.updateSchema().deleteColumn("bee").commit();
    long second = snapshot(table);
    table.newDelete().deleteFromRowFilter(Expressions.equal("a", 1)).commit();

    assertThat(lake.rows("SELECT * FROM was")).isEqualTo("[[2,\"5\"]]");
    assertThat(lake.rows("SELECT * FROM was FOR VERSION AS OF " + first)).isEqualTo("[[1,\"x\"]]");
    assertThat(lake.rows("SELECT w.b FROM was FOR VERSION AS OF " + first + " AS w WHERE w.a = 1"))
        .isEqualTo("[[\"x\"]]");
    assertThat(lake.rows("SELECT * FROM was FOR VERSION AS OF " + second + " ORDER BY a"))
        .isEqualTo("[[1,\"x\",null],[2,\"y\",\"5\"]]");
    assertThat(
            lake.rows(
                "SELECT n.a, o.b FROM was n FULL JOIN was FOR VERSION AS OF "
                    + first
                    + " o ON n.a = o.a ORDER BY 1"))
        .isEqualTo("[[2,null],[null,\"x\"]]");
    assertThat(lake.rows("DESCRIBE was FOR VERSION AS OF " + first))
        .isEqualTo("[[\"a\",\"integer\",true],[\"b\",\"varchar\",true]]");
    String time = between.toString().replace('T', ' ').replace("Z", "");
    for (String kind : List.of("TIMESTAMP", "SYSTEM_TIME")) {
      assertThat(
              lake.rows(
                  "SELECT *\nFROM was FOR " + kind + " AS OF TIMESTAMP '" + time + "' ORDER BY a"))
          .isEqualTo("[[1,\"x\"]]");
    }

    for (Object state :
        List.of(first, Long.toString(first), Map.of("was", first), between.toString())) {
      JsonNode then = ask("SELECT * FROM was", state);
      assertThat(then.path("rows").toString()).as(then.toString()).isEqualTo("[[1,\"x\"]]");
      JsonNode told = then.get("receipt").get("tables").get(0);
      assertThat(told.get("snapshotId").asText()).isEqualTo(Long.toString(first));
      assertThat(told.get("offsets").toString()).isEqualTo("{}");
    }
    JsonNode later = ask("SELECT count(*) FROM was", second);
    assertThat(later.get("receipt").get("tables").get(0).get("offsets").toString())
        .as("what the nearest landed snapshot before it says")
        .isEqualTo("{\"0\":\"7\"}");
    assertThat(lake.rows("SELECT a FROM was")).isEqualTo("[[2]]");
  }

  @Test
  void saysWhatIsNotKept() {
    Table table =
        lake.create("kept", new Schema(NestedField.optional(1, "a", Types.IntegerType.get())));
    assertThat(lake.problem("SELECT * FROM kept FOR VERSION AS OF 5").get("code").asText())
        .isEqualTo("unknown_snapshot");
    Lake.append(table, Lake.row(1));
    long first = snapshot(table);
    Lake.append(table, Lake.row(2));
    assertThat(lake.rows("SELECT * FROM kept FOR VERSION AS OF " + first)).isEqualTo("[[1]]");
    table.expireSnapshots().expireSnapshotId(first).commit();
    JsonNode expired = lake.problem("SELECT * FROM kept FOR VERSION AS OF " + first);
    assertThat(expired.get("status").asInt()).isEqualTo(404);
    assertThat(expired.get("code").asText()).isEqualTo("unknown_snapshot");
    assertThat(expired.get("detail").asText()).isEqualTo("'kept' has no snapshot " + first);
    assertThat(expired.get("oldest").asText())
        .isEqualTo(Instant.ofEpochMilli(table.currentSnapshot().timestampMillis()).toString());
    JsonNode before =
        lake.problem("SELECT * FROM kept FOR TIMESTAMP AS OF TIMESTAMP '2001-01-01 00:00:00'");
    assertThat(before.get("detail").asText())
        .isEqualTo("'kept' has no state of 2001-01-01T00:00:00Z");
    assertThat(ask("SELECT 1 FROM kept", "soon").get("member").asText()).isEqualTo("snapshot");
    assertThat(ask("SELECT 1 FROM kept", Map.of("other", 5)).get("detail").asText())
        .isEqualTo("the member 'snapshot' names 'other', which the query does not read");
    assertThat(ask("SELECT 1 FROM kept, kept k", snapshot(table)).path("rows")).hasSize(4);
  }

  /** A table whose files overlap in some columns and not in others, nulls among them. */
  private static void files(String name, boolean partitioned) {
    Schema schema =
        new Schema(
            NestedField.optional(1, "id", Types.LongType.get()),
            NestedField.optional(2, "n", Types.IntegerType.get()),
            NestedField.optional(3, "p", Types.DecimalType.of(9, 2)),
            NestedField.optional(4, "s", Types.StringType.get()),
            NestedField.optional(5, "d", Types.DateType.get()),
            NestedField.optional(6, "ts", Types.TimestampType.withoutZone()),
            NestedField.optional(7, "f", Types.DoubleType.get()),
            NestedField.optional(8, "b", Types.BooleanType.get()));
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    Table table = lake.create(name, schema, (partitioned ? spec.identity("b") : spec).build());
    Random random = new Random(7);
    for (int file = 0; file < FILES; file++) {
      List<@Nullable Object[]> rows = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        long id = file * 20L + i;
        LocalDate day = LocalDate.of(2024, 1, 1).plusDays(file);
        rows.add(
            Lake.row(
                id,
                random.nextInt(5) == 0 ? null : (file % 6) * 10 + random.nextInt(12),
                new BigDecimal(id * 7 % 1000).movePointLeft(2).setScale(2),
                file % 5 == 0 ? null : "text " + (char) ('a' + file % 8) + random.nextInt(3),
                random.nextInt(9) == 0 ? null : day,
                day.atTime(random.nextInt(24), 30),
                random.nextInt(10) == 0 ? Double.NaN : id / 2.0,
                file % 2 == 0));
      }
      Lake.append(table, rows.toArray(new Object[0][]));
    }
    table
        .updateSchema()
        .renameColumn("n", "num")
        .updateColumn("p", Types.DecimalType.of(12, 2))
        .commit();
  }

  @Test
  void leavesOutFilesAndChangesNoAnswer() {
    files("many", false);
    Random random = new Random(42);
    int skipped = 0;
    for (int round = 0; round < 150; round++) {
      String condition = condition(random, 2);
      String sql = "SELECT count(*), sum(id), count(DISTINCT s) FROM many WHERE ";
      JsonNode pruned = Lake.json(lake.post(Map.of("sql", sql + condition)));
      JsonNode whole = Lake.json(lake.post(Map.of("sql", sql + "(" + condition + ") IS TRUE")));
      assertThat(pruned.path("rows").toString())
          .as(condition)
          .isEqualTo(whole.get("rows").toString());
      JsonNode stats = pruned.get("stats");
      assertThat(stats.get("scannedFiles").asInt() + stats.get("skippedFiles").asInt())
          .isEqualTo(FILES);
      assertThat(whole.get("stats").get("skippedFiles").asInt()).isZero();
      skipped += stats.get("skippedFiles").asInt();
    }
    assertThat(skipped).isGreaterThan(150);
  }

  private static String condition(Random random, int depth) {
    if (depth > 0 && random.nextInt(2) == 0) {
      String left = condition(random, depth - 1);
      String right = condition(random, depth - 1);
      return "(" + left + (random.nextBoolean() ? " AND " : " OR ") + right + ")";
    }
    List<Supplier<String>> values =
        List.of(
            () -> "id|" + (random.nextInt(520) - 20),
            () -> "num|" + (random.nextInt(80) - 5),
            () -> "many.p|" + random.nextInt(10) + "." + random.nextInt(100),
            () -> "s|'text " + (char) ('a' + random.nextInt(9)) + random.nextInt(3) + "'",
            () -> "d|DATE '" + LocalDate.of(2023, 12, 30).plusDays(random.nextInt(30)) + "'",
            () ->
                "ts|TIMESTAMP '"
                    + LocalDateTime.of(2024, 1, 1, 0, 0)
                        .plusHours(random.nextInt(600))
                        .toString()
                        .replace('T', ' ')
                    + ":00'",
            () -> "ts|DATE '" + LocalDate.of(2024, 1, 1).plusDays(random.nextInt(25)) + "'",
            () -> "f|" + random.nextInt(240),
            () -> "b|" + random.nextBoolean());
    Supplier<String> value = values.get(random.nextInt(values.size()));
    String[] first = value.get().split("\\|", 2);
    String column = first[0];
    String other = value.get().split("\\|", 2)[1];
    return switch (random.nextInt(7)) {
      case 0 -> column + " IN (" + first[1] + ", " + other + ")";
      case 1 -> column + " BETWEEN " + first[1] + " AND " + other;
      case 2 -> column + (random.nextBoolean() ? " IS NULL" : " IS NOT NULL");
      case 3 -> first[1] + " >= " + column;
      case 4 -> "NOT (" + column + " = " + first[1] + ")";
      default ->
          column
              + List.of(" = ", " < ", " <= ", " > ", " >= ", " <> ").get(random.nextInt(6))
              + first[1];
    };
  }

  private static JsonNode stats(String sql, Object... params) {
    JsonNode answer = Lake.json(lake.post(Map.of("sql", sql, "params", List.of(params))));
    assertThat(answer.has("stats")).as(answer.toString()).isTrue();
    return answer.get("stats");
  }

  @Test
  void leavesOutFilesOfEachTableByItsOwnConditions() {
    files("parts", true);
    assertThat(stats("SELECT * FROM parts WHERE id = 30").get("scannedFiles").asInt()).isEqualTo(1);
    assertThat(stats("SELECT * FROM parts WHERE id = ?", 30).get("scannedFiles").asInt())
        .isEqualTo(1);
    assertThat(
            stats("SELECT * FROM parts WHERE s = ? AND id < ?", "text b0", 100)
                .get("scannedFiles")
                .asInt())
        .isEqualTo(1);
    assertThat(stats("SELECT * FROM parts WHERE id = -5").get("scannedFiles").asInt()).isZero();
    JsonNode joined =
        stats(
            "SELECT count(*) FROM parts x, parts y WHERE x.id = y.id AND x.id < 20 AND y.id < 40");
    assertThat(joined.get("scannedFiles").asInt()).isEqualTo(3);
    assertThat(joined.get("skippedFiles").asInt()).isEqualTo(2 * FILES - 3);
    String outer = "SELECT count(*) FROM parts x LEFT JOIN parts y ON x.id = y.id + 460 WHERE ";
    assertThat(stats(outer + "y.id IS NULL AND x.id < 20").get("scannedFiles").asInt())
        .as("what may be missing is read whole")
        .isEqualTo(1 + FILES);
    assertThat(lake.rows(outer + "y.id IS NULL")).isEqualTo("[[\"460\"]]");
    assertThat(
            lake.rows(
                "SELECT count(*) FROM parts x FULL JOIN parts y ON x.id = y.id + 460 WHERE x.id <"
                    + " 20"))
        .isEqualTo("[[\"20\"]]");
    assertThat(
            lake.rows(
                "SELECT count(*) FROM parts WHERE EXISTS (SELECT 1 FROM parts i WHERE i.id ="
                    + " parts.id + 1 AND i.id < 20)"))
        .isEqualTo("[[\"19\"]]");
    assertThat(lake.rows("EXPLAIN SELECT * FROM parts WHERE id = 30"))
        .contains("reads 1 of 24 files");
    assertThat(stats("SELECT * FROM parts WHERE b = true").get("scannedFiles").asInt())
        .as("files of one partition")
        .isEqualTo(FILES / 2);
    Table table = lake.catalog().table(new DatasetName("parts")).orElseThrow();
    Lake.append(table, Lake.row(1000L, 1, new BigDecimal("1.00"), "new", null, null, 1.0, true));
    assertThat(stats("SELECT * FROM parts WHERE id > 900").get("scannedFiles").asInt())
        .isEqualTo(1);
    assertThat(lake.rows("SELECT s FROM parts WHERE id > 900")).isEqualTo("[[\"new\"]]");
  }
}
