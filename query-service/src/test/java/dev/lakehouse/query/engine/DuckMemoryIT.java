package dev.lakehouse.query.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.query.Lake;
import dev.lakehouse.query.guard.GuardedQuery;
import dev.lakehouse.query.guard.SqlFront;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a table in memory is made of, and what becomes of it. */
class DuckMemoryIT {
  private static final Problem ENOUGH = Problem.of(503, "stopping", "It stops", "it stops");

  @TempDir static Path directory;
  private static Lake lake;
  private static DuckEngine engine;
  private static LakeTables tables;

  @BeforeAll
  static void start() {
    lake = Lake.in(directory, Map.of("query.cache_bytes", "0B"));
    engine = DuckEngine.start(lake.config());
    tables = new LakeTables(lake.catalog());
  }

  @AfterAll
  static void stop() {
    engine.close();
    lake.close();
  }

  private static Table table(String name) {
    return lake.create(name, new Schema(NestedField.optional(1, "a", Types.IntegerType.get())));
  }

  private static TableSnapshot newest(String name) {
    return tables.newest(new DatasetName(name)).orElseThrow();
  }

  private static long load(String name, TableMemory.Room room, Stop stop) {
    return engine.memory().load(newest(name), room, stop).map(TableMemory.Held::rows).orElse(-1L);
  }

  private static int databases() throws SQLException {
    engine.memory().free();
    try (Connection connection = engine.bareConnection();
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "SELECT count(*) FROM duckdb_databases() WHERE database_name LIKE 'memory#%'")) {
      assertThat(count.next()).isTrue();
      return count.getInt(1);
    }
  }

  private static Rows rows(String sql) {
    GuardedQuery query = new SqlFront().accept(sql);
    return engine.run(
        new EngineQuery(
            query,
            query.tables().stream().map(use -> newest(use.dataset().value())).toList(),
            List.of(),
            1_000_000,
            ZoneOffset.UTC),
        new Stop());
  }

  private static int count(Rows rows) {
    int count = 0;
    while (rows.next() != null) {
      count++;
    }
    return count;
  }

  @Test
  void whatIsAppendedBecomesFewSegments() throws Exception {
    Table table = table("grown");
    for (int i = 1; i <= 40; i++) {
      Lake.append(table, Lake.row(i), Lake.row(-i));
      assertThat(load("grown", bytes -> true, new Stop())).isEqualTo(2L * i);
      assertThat(databases()).isBetween(1, 8);
      try (Rows rows = rows("SELECT a FROM grown WHERE a > 0 ORDER BY a")) {
        assertThat(count(rows)).isEqualTo(i);
      }
    }
    assertThat(engine.memory().holds(newest("grown"))).isTrue();
    Lake.append(table, Lake.row(0));
    assertThat(engine.memory().holds(newest("grown"))).isFalse();
    engine.memory().evict(new DatasetName("grown"));
    assertThat(databases()).isZero();
  }

  @Test
  void aQueryKeepsWhatItReads() throws Exception {
    Table table = table("read");
    Lake.write(
        table,
        writer -> {
          for (int i = 0; i < 200_000; i++) {
            GenericRecord row = GenericRecord.create(table.schema());
            row.set(0, i);
            writer.write(row);
          }
        });
    load("read", bytes -> true, new Stop());
    try (Rows rows = rows("SELECT a FROM read")) {
      engine.memory().evict(new DatasetName("read"));
      assertThat(databases()).isEqualTo(1);
      assertThat(count(rows)).isEqualTo(200_000);
    }
    assertThat(databases()).isZero();
  }

  @Test
  void whatHasNoRoomOrIsStoppedLeavesNothing() throws Exception {
    Table table = table("stopped");
    for (int i = 0; i < 20; i++) {
      Lake.append(table, Lake.row(i));
    }
    assertThat(load("stopped", bytes -> false, new Stop())).isEqualTo(-1);
    assertThat(engine.memory().holds(newest("stopped"))).isFalse();
    assertThat(databases()).isZero();
    Stop stop = new Stop();
    assertThatThrownBy(
            () ->
                load(
                    "stopped",
                    bytes -> {
                      stop.request(ENOUGH);
                      return true;
                    },
                    stop))
        .isInstanceOf(ProblemException.class);
    assertThat(engine.memory().holds(newest("stopped"))).isFalse();
    assertThat(databases()).isZero();
  }
}
