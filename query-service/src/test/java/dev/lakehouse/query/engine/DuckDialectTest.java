package dev.lakehouse.query.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.query.guard.SqlFront;
import dev.lakehouse.query.table.FileDeletes;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.OffsetVector;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuckDialectTest {
  private final DuckDialect dialect =
      new DuckDialect(Map.of(name("t"), scan("t"), name("u"), scan("u")));

  private static DatasetName name(String name) {
    return new DatasetName(name);
  }

  private static DuckScan scan(String name) {
    return new DuckScan(
        new TableSnapshot(
            name(name), "m", 1L, OffsetVector.NONE, new Schema(), List.of(), FileDeletes.NONE),
        name + "#3",
        MetadataColumns.NAMES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT * FROM t|SELECT * FROM \"scan\".\"t#3\" AS \"t\" LIMIT 10",
        "SELECT a FROM lake.T AS x LIMIT 3|SELECT \"a\" FROM \"scan\".\"t#3\" AS \"x\" LIMIT 3",
        "SELECT a FROM t ORDER BY a LIMIT 30|SELECT \"a\" FROM \"scan\".\"t#3\" AS \"t\" ORDER BY \"a\""
            + " LIMIT 10",
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
        "SELECT approx_distinct(a) FROM t|SELECT approx_count_distinct(\"a\") FROM"
            + " \"scan\".\"t#3\" AS \"t\" LIMIT 10",
        "SELECT 'ü''€'|SELECT 'ü''€' LIMIT 10",
      })
  void writes(String sql, String expected) {
    String text = new SqlFront().accept(sql).text(dialect, 10);
    assertThat(text.replaceAll("\\s+", " ")).isEqualTo(expected);
  }
}
