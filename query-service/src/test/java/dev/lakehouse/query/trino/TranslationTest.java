package dev.lakehouse.query.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.query.engine.EngineQuery;
import dev.lakehouse.query.guard.GuardedQuery;
import dev.lakehouse.query.guard.SqlFront;
import dev.lakehouse.query.table.FileDeletes;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.table.OffsetVector;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationTest {
  private static final Schema NOW =
      new Schema(
          NestedField.optional(1, "a", Types.LongType.get()),
          NestedField.optional(2, "Dec", Types.DecimalType.of(9, 2)),
          NestedField.optional(3, "fresh", Types.StringType.get()));

  /** What the snapshot has: a smaller a, the second column under its old name, no third one. */
  private static final Schema THEN =
      new Schema(
          NestedField.optional(1, "a", Types.IntegerType.get()),
          NestedField.optional(2, "price", Types.DecimalType.of(9, 2)));

  private static final String T =
      "(SELECT CAST(\"a\" AS BIGINT), \"price\", CAST(NULL AS VARCHAR) FROM"
          + " \"lake\".\"lake\".\"t\" FOR VERSION AS OF 7) AS \"t\" (\"a\", \"Dec\", \"fresh\")";

  private static String text(String sql, @Nullable Long snapshot, @Nullable Object... parameters) {
    GuardedQuery query = new SqlFront().accept(sql);
    List<TableSnapshot> tables =
        query.tables().stream()
            .map(
                use ->
                    new TableSnapshot(
                        use.dataset(),
                        "i",
                        "m",
                        snapshot,
                        OffsetVector.NONE,
                        NOW,
                        List.of(),
                        0,
                        FileDeletes.NONE,
                        rows -> Set.of()))
            .toList();
    EngineQuery asked =
        new EngineQuery(query, tables, Arrays.asList(parameters), 10, ZoneOffset.UTC);
    return Translation.of(asked, "lake", table -> THEN).text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT * FROM t|SELECT \"t\".\"a\" AS \"a\", \"t\".\"Dec\" AS \"Dec\", \"t\".\"fresh\" AS"
            + " \"fresh\" FROM {t} LIMIT 10",
        "SELECT DEC FROM t LIMIT 3|SELECT \"t\".\"Dec\" AS \"Dec\" FROM {t} LIMIT 3",
        "SELECT avg(dec) AS m FROM t|SELECT (CAST(sum(CAST(\"t\".\"Dec\" AS DECIMAL(38, 2))) AS"
            + " DOUBLE) / nullif(count(\"t\".\"Dec\"), 0)) AS \"m\" FROM {t} LIMIT 10",
        "SELECT a / 2 AS x FROM t|SELECT (\"t\".\"a\" / 2) AS \"x\" FROM {t} LIMIT 10",
        "SELECT a AS \"x\"\"y\" FROM t ORDER BY A DESC|SELECT \"t\".\"a\" AS \"x\"\"y\" FROM {t}"
            + " ORDER BY \"t\".\"a\" DESC NULLS LAST LIMIT 10",
        "SELECT a AS k, count(*) AS n FROM t GROUP BY k|SELECT \"t\".\"a\" AS \"k\", count(*) AS"
            + " \"n\" FROM {t} GROUP BY 1 LIMIT 10",
      })
  void isWritten(String sql, String expected) {
    assertThat(text(sql, 7L)).isEqualTo(expected.replace("{t}", T).replaceAll("  +", " "));
  }

  @Test
  void aTableWithoutSnapshotIsNotAskedFor() {
    assertThat(text("SELECT a FROM t", null))
        .isEqualTo(
            "SELECT \"t\".\"a\" AS \"a\" FROM (SELECT CAST(NULL AS BIGINT), CAST(NULL AS"
                + " DECIMAL(9, 2)), CAST(NULL AS VARCHAR) WHERE FALSE) AS \"t\" (\"a\", \"Dec\","
                + " \"fresh\") LIMIT 10");
  }

  @Test
  void parametersAreQuotedValues() {
    assertThat(
            text(
                "SELECT ? AS a, ? AS b, ? AS c, ? AS d LIMIT ?",
                7L,
                "it's -- \" \\",
                new BigDecimal("-1.50"),
                true,
                null,
                3))
        .isEqualTo(
            "SELECT 'it''s -- \" \\' AS \"a\", DECIMAL '-1.50' AS \"b\", TRUE AS \"c\", NULL AS"
                + " \"d\" LIMIT 3");
  }

  @Test
  void whatTrinoLacksStandsBefore() {
    assertThat(text("SELECT right('abc', 2) AS x", 7L))
        .startsWith("WITH FUNCTION lakehouse_right(s VARCHAR, n BIGINT) RETURNS VARCHAR RETURN ")
        .endsWith(" SELECT lakehouse_right('abc', 2) AS \"x\" LIMIT 10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT mode(a) FROM t|not_on_trino|the aggregate mode is not answered by the engine trino,"
            + " at line 1, column 8",
        "SELECT CAST(CAST(a AS DOUBLE) AS VARCHAR) FROM t|not_on_trino|a value of type double as a"
            + " text is not answered by the engine trino, at line 1, column 8",
        "SELECT ae FROM t|unknown_column|no column in reach is called 'ae', at line 1, column 8",
        "SELECT x.a FROM t|unknown_table|no table in FROM is called 'x'",
        "SELECT a + fresh FROM t|sql_type_error|no + of bigint and varchar, at line 1, column 8",
        "SELECT a FROM t JOIN t u ON true|sql_failed|the column 'a' may be of several tables, at"
            + " line 1, column 8",
      })
  void isRefused(String sql, String code, String detail) {
    assertThatThrownBy(() -> text(sql, 7L))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo(code);
              assertThat(e.problem().detail()).isEqualTo(detail);
            });
  }
}
