package dev.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables with position and equality deletes answer what Iceberg's own reader reads. */
class DeletesIT {
  private static final Schema SCHEMA =
      new Schema(
          NestedField.optional(1, "id", Types.IntegerType.get()),
          NestedField.optional(2, "g", Types.StringType.get()),
          NestedField.optional(3, "v", Types.IntegerType.get()),
          NestedField.optional(4, "file_row_number", Types.StringType.get()));

  @TempDir static Path directory;
  private static Lake lake;

  @BeforeAll
  static void start() {
    lake = Lake.in(directory, Map.of("query.cache_interval", "10ms"));
  }

  @AfterAll
  static void stop() {
    lake.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyHistoryReadsAsIcebergReadsIt(long seed) {
    history(seed, 25, seed > 3);
  }

  @Test
  @Tag("full")
  void anyOfManyHistoriesReadsAsIcebergReadsIt() {
    for (long seed = 1000; seed < 1100; seed++) {
      history(seed, 40, seed % 2 == 0);
    }
  }

  /**
   * @param pinned whether the table is kept in memory meanwhile
   */
  private static void history(long seed, int steps, boolean pinned) {
    Random random = new Random(seed);
    String name = "history_" + seed;
    Table table =
        lake.create(
            name,
            SCHEMA,
            random.nextBoolean()
                ? PartitionSpec.unpartitioned()
                : PartitionSpec.builderFor(SCHEMA).identity("g").build());
    TableHistory history = new TableHistory(table, random);
    if (pinned) {
      lake.pin(name);
    }
    for (int step = 0; step < steps; step++) {
      String what = "seed " + seed + ", step " + step + ", " + history.step();
      assertThat(answered("SELECT * FROM " + name)).as(what).isEqualTo(read(table));
      if (pinned && step % 4 == 0) {
        lake.awaitHit(
            name,
            () -> assertThat(answered("SELECT * FROM " + name)).as(what).isEqualTo(read(table)));
      }
      if (step % 5 == 0) {
        assertThat(lake.rows("SELECT count(*) FROM " + name))
            .as(what)
            .isEqualTo("[[\"" + read(table).size() + "\"]]");
      }
    }
    if (pinned) {
      lake.evict(name);
    }
  }

  /** The rows as Iceberg's reader has them, in order of their text. */
  private static List<String> read(Table table) {
    table.refresh();
    List<String> rows = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
      for (Record record : records) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < table.schema().columns().size(); i++) {
          values.add(String.valueOf(record.get(i)));
        }
        rows.add(values.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows.stream().sorted().toList();
  }

  private static List<String> answered(String sql) {
    JsonNode answer = Lake.json(lake.post(Map.of("sql", sql, "limit", 40_000)));
    assertThat(answer.has("rows")).as(answer.toString()).isTrue();
    List<String> rows = new ArrayList<>();
    for (JsonNode row : answer.get("rows")) {
      List<String> values = new ArrayList<>();
      row.forEach(value -> values.add(value.asText()));
      rows.add(values.toString());
    }
    return rows.stream().sorted().toList();
  }

  @Test
  void manyDataFilesShareOneDeleteFile() {
    Table table = lake.create("shared_deletes", SCHEMA);
    for (int file = 0; file < 200; file++) {
      Lake.append(table, Lake.row(file, "g", 0, "x"), Lake.row(-1, "g", file, "y"));
    }
    TableHistory history = new TableHistory(table, new Random(1));
    history.deleteWhereIdIs(-1);
    assertThat(lake.rows("SELECT count(*), sum(id) FROM shared_deletes"))
        .isEqualTo("[[\"200\",\"19900\"]]");
    Lake.append(table, Lake.row(-1, "g", 7, "again"));
    assertThat(lake.rows("SELECT v FROM shared_deletes WHERE id = -1")).isEqualTo("[[7]]");
  }

  @Test
  void aColumnThatIsGoneStillDeletes() {
    Table table = lake.create("dropped_key", SCHEMA);
    Lake.append(table, Lake.row(1, "g", 1, "x"), Lake.row(2, "g", 2, "y"));
    new TableHistory(table, new Random(1)).deleteWhereIdIs(1);
    table.updateSchema().deleteColumn("id").commit();
    assertThat(lake.rows("SELECT * FROM dropped_key")).isEqualTo("[[\"g\",2,\"y\"]]");
  }
}
