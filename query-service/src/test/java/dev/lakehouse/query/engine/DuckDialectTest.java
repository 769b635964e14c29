package dev.lakehouse.query.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.query.guard.GuardedQuery;
import dev.lakehouse.query.guard.SqlFront;
import dev.lakehouse.query.table.FileDeletes;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.OffsetVector;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuckDialectTest {
  private static final Schema SCHEMA =
      new Schema(
          NestedField.optional(1, "a", Types.LongType.get()),
          NestedField.optional(2, "d", Types.DateType.get()),
          NestedField.optional(3, "ts", Types.TimestampType.withoutZone()));

  private static TableSnapshot snapshot(DatasetName dataset) {
    return new TableSnapshot(
        dataset,
        "i",
        "m",
        1L,
        OffsetVector.NONE,
        SCHEMA,
        List.of(),
        0,
        FileDeletes.NONE,
        rows -> Set.of());
  }

  private static DuckDialect dialect(GuardedQuery query) {
    List<TableSnapshot> tables =
        query.tables().stream().map(use -> snapshot(use.dataset())).toList();
    return DuckDialect.of(
        new EngineQuery(query, tables, List.of(), 10, ZoneOffset.UTC),
        tables.stream()
            .map(
                table ->
                    new DuckScan(
                        table, table.dataset() + "#3", MetadataColumns.NAMES, List.of(), List.of()))
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT * FROM t|SELECT * FROM \"scan\".\"t#3\" AS \"t\" LIMIT 10",
        "SELECT a FROM lake.T AS x LIMIT 3|SELECT \"a\" FROM \"scan\".\"t#3\" AS \"x\" LIMIT 3",
        "SELECT a FROM t ORDER BY a LIMIT 30|SELECT \"a\" FROM \"scan\".\"t#3\" AS \"t\" ORDER BY"
            + " \"a\" NULLS LAST LIMIT 10",
        "SELECT lake.t.a FROM t|SELECT \"t\".\"a\" FROM \"scan\".\"t#3\" AS \"t\" LIMIT 10",
        "SELECT *, _kafka_offset FROM t|SELECT * EXCLUDE (\"t\".\"_kafka_partition\","
            + " \"t\".\"_kafka_offset\", \"t\".\"_ingested_at\", \"t\".\"_ingest_id\"),"
            + " \"_kafka_offset\" FROM \"scan\".\"t#3#all\" AS \"t\" LIMIT 10",
        "SELECT x.*, _kafka_offset FROM t x, u|SELECT \"x\".* EXCLUDE (\"x\".\"_kafka_partition\","
            + " \"x\".\"_kafka_offset\", \"x\".\"_ingested_at\", \"x\".\"_ingest_id\"),"
            + " \"_kafka_offset\" FROM \"scan\".\"t#3#all\" AS \"x\", \"scan\".\"u#3#all\" AS \"u\""
            + " LIMIT 10",
        "WITH t AS (SELECT a FROM t) SELECT * FROM t|WITH \"t\" AS (SELECT \"a\" FROM"
            + " \"scan\".\"t#3\" AS \"t\") SELECT * FROM \"t\" LIMIT 10",
        "SELECT approx_distinct(a) FROM t|SELECT approx_count_distinct(\"a\") AS"
            + " \"approx_distinct(a)\" FROM"
            + " \"scan\".\"t#3\" AS \"t\" LIMIT 10",
        "SELECT 'ü''€'|SELECT 'ü''€' AS \"'ü''€'\" LIMIT 10",
        "SELECT d + INTERVAL '1' DAY AS x FROM t|SELECT CAST(\"d\" + INTERVAL '1' DAY AS DATE) AS"
            + " \"x\" FROM \"scan\".\"t#3\" AS \"t\" LIMIT 10",
        "SELECT ts + INTERVAL '1' DAY AS x, d + INTERVAL '1' HOUR AS y FROM t|SELECT \"ts\" +"
            + " INTERVAL '1' DAY AS \"x\", \"d\" + INTERVAL '1' HOUR AS \"y\" FROM \"scan\".\"t#3\""
            + " AS \"t\" LIMIT 10",
        "SELECT x + INTERVAL '1' DAY AS y FROM (SELECT d AS x FROM t) AS s|SELECT CAST(\"x\" +"
            + " INTERVAL '1' DAY AS DATE) AS \"y\" FROM (SELECT \"d\" AS \"x\" FROM"
            + " \"scan\".\"t#3\" AS \"t\") AS \"s\" LIMIT 10",
        "SELECT d + INTERVAL '1' DAY AS y FROM (SELECT ts AS d FROM t) AS s|SELECT \"d\" + INTERVAL"
            + " '1' DAY AS \"y\" FROM (SELECT \"ts\" AS \"d\" FROM \"scan\".\"t#3\" AS \"t\") AS"
            + " \"s\" LIMIT 10",
      })
  void writes(String sql, String expected) {
    GuardedQuery query = new SqlFront().accept(sql);
    String text = query.text(dialect(query), 10);
    assertThat(text.replaceAll("\\s+", " ")).isEqualTo(expected);
  }
}
