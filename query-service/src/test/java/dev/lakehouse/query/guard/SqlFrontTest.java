package dev.lakehouse.query.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakehouse.query.SqlLists;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqlFrontTest {
  private final SqlFront front = new SqlFront();

  static List<String> allowed() {
    return SqlLists.allowed();
  }

  static List<String> refused() {
    return SqlLists.refused();
  }

  @ParameterizedTest
  @MethodSource("allowed")
  void letsThrough(String sql) {
    assertThat(front.accept(sql).parameters()).isZero();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(String line) {
    int bar = line.indexOf('|');
    Problem problem = problem(line.substring(bar + 1));
    assertThat(problem.code()).isEqualTo(line.substring(0, bar));
    assertThat(problem.status()).isBetween(400, 499);
    assertThat(problem.more()).containsKeys("line", "column");
  }

  @Test
  void saysWhatIsNotAllowedAndWhere() {
    Problem problem = problem("SELECT 1,\n  getenv('HOME') FROM sales");
    assertThat(problem.detail())
        .isEqualTo("the function getenv is not allowed, at line 2, column 3");
    assertThat(problem.more())
        .isEqualTo(Map.of("what", "the function getenv", "line", 2, "column", 3));
  }

  @Test
  void tableShorthandsAreRefusedAtTheirPlace() {
    assertThat(problem("SELECT 1\nUNION TABLE sales").more())
        .containsEntry("line", 2)
        .containsEntry("column", 1);
    assertThat(problem("SELECT 1 IN (TABLE sales)").more())
        .containsEntry("line", 1)
        .containsEntry("column", 13);
  }

  @Test
  void createIsReadInFrontOfAQuery() {
    assertThat(create("CREATE TABLE lake.Top AS SELECT id FROM sales;"))
        .extracting("name", "ifNotExists", "freshness", "sql")
        .containsExactly("top", false, new Freshness.Once(), "SELECT id FROM sales");
    assertThat(create("-- kept\ncreate table if not exists \"t\" as\n  (SELECT 1 AS x)"))
        .extracting("name", "ifNotExists", "sql")
        .containsExactly("t", true, "(SELECT 1 AS x)");
    assertThat(create("CREATE MATERIALIZED VIEW v AS VALUES (1)").freshness())
        .isEqualTo(new Freshness.OnDemand());
    assertThat(create("CREATE MATERIALIZED VIEW v REFRESH ON COMMIT AS SELECT 1").freshness())
        .isEqualTo(new Freshness.OnCommit());
    assertThat(create("CREATE MATERIALIZED VIEW v REFRESH EVERY 5 minutes AS SELECT 1").freshness())
        .isEqualTo(new Freshness.Every(Duration.ofMinutes(5)));
    assertThat(create("CREATE TABLE t AS SELECT x FROM a, lake.b").query().tables()).hasSize(2);
  }

  private Statement.Create create(String sql) {
    return (Statement.Create) front.statement(sql);
  }

  @Test
  void whatIsCreatedIsCheckedAsAnyQuery() {
    for (String refused :
        List.of(
            "CREATE TABLE t AS SELECT * FROM read_csv('/etc/passwd')",
            "CREATE TABLE t AS SELECT getenv('HOME')",
            "CREATE TABLE t AS SELECT 1; DROP TABLE sales",
            "CREATE TABLE t AS DROP TABLE sales",
            "CREATE TABLE t AS DESCRIBE sales",
            "CREATE TABLE t AS CREATE TABLE u AS SELECT 1",
            "CREATE TABLE t AS EXPLAIN SELECT 1",
            "CREATE TABLE t REFRESH ON COMMIT AS SELECT 1",
            "CREATE TABLE t (a INTEGER)",
            "CREATE TABLE other.t AS SELECT 1",
            "CREATE OR REPLACE TABLE t AS SELECT 1",
            "CREATE MATERIALIZED VIEW v REFRESH EVERY NEVER AS SELECT 1",
            "EXPLAIN CREATE TABLE t AS SELECT 1",
            "WITH x AS (CREATE TABLE t AS SELECT 1) SELECT 1")) {
      assertThat(refusal(refused).code()).as(refused).startsWith("sql_");
    }
    assertThat(refusal("CREATE TABLE t AS\n SELECT getenv('HOME')").more())
        .as("places are those in the whole text")
        .containsEntry("line", 2)
        .containsEntry("column", 9);
  }

  private Problem refusal(String sql) {
    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> front.statement(sql));
    assertThat(refusal).as(sql).isNotNull();
    return refusal.problem();
  }

  @Test
  void jsonValueHasNoClauses() {
    assertThat(problem("SELECT JSON_VALUE('{}', '$.b' DEFAULT 'x' ON EMPTY)").detail())
        .isEqualTo("JSON_VALUE with clauses is not allowed, at line 1, column 8");
    assertThat(problem("SELECT JSON_VALUE('{}', '$.b' RETURNING INTEGER)").code())
        .isEqualTo("sql_not_allowed");
    assertThat(front.accept("SELECT JSON_VALUE('{}', '$.b')").parameters()).isZero();
  }

  @Test
  void saysWhereTheSyntaxBreaksAndWhatWasExpected() {
    Problem problem = problem("SELECT id\nFROM sales\nWHERE id = 1 GRUOP BY id");
    assertThat(problem.more())
        .containsEntry("line", 3)
        .containsEntry("column", 14)
        .containsEntry("found", "GRUOP");
    assertThat(problem("SELECT region FROM sales GROUP BY").more())
        .containsKeys("line", "column", "expected");
    assertThat(problem("SELECT 1 +").more()).containsEntry("expected", List.of("an expression"));
  }

  @Test
  void knowsTablesColumnsAndParameters() {
    GuardedQuery query =
        front.accept("SELECT Id FROM lake.Sales WHERE x = ? AND y IN (SELECT z FROM customers)");
    assertThat(query.tables().stream().map(TableUse::place))
        .containsExactly(
            new GuardedQuery.Named("sales", 1, 16), new GuardedQuery.Named("customers", 1, 63));
    assertThat(query.columns().stream().map(GuardedQuery.Named::name))
        .containsExactly("Id", "x", "y", "z");
    assertThat(query.parameters()).isEqualTo(1);
  }

  @Test
  void ctesHideDatasetsOnlyWhereTheyAreInReach() {
    assertThat(front.accept("WITH t AS (SELECT 1) SELECT * FROM T").tables()).isEmpty();
    assertThat(front.accept("SELECT * FROM t, (WITH t AS (SELECT 1) SELECT * FROM t) x").tables())
        .hasSize(1);
    assertThat(
            front
                .accept(
                    "WITH RECURSIVE duckdb_views AS (SELECT * FROM duckdb_views) SELECT * FROM"
                        + " duckdb_views")
                .tables())
        .as("a recursive item that is no union is not in reach of itself")
        .hasSize(1);
    assertThat(
            front
                .accept(
                    "WITH RECURSIVE t AS (SELECT * FROM t UNION ALL SELECT * FROM t WHERE false)"
                        + " SELECT * FROM t")
                .tables())
        .as("the first part of the union is not either")
        .hasSize(1);
    assertThat(front.accept("WITH t AS (SELECT * FROM t) SELECT * FROM t").tables()).hasSize(1);
    assertThat(front.accept("WITH t AS (SELECT 1) SELECT * FROM lake.t").tables()).hasSize(1);
    assertThat(front.accept("WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT 1").tables())
        .hasSize(1);
  }

  @Test
  void deepNestingAndLengthEndInAProblem() {
    assertThat(problem("SELECT " + "(".repeat(20_000) + "1").code()).isEqualTo("sql_syntax");
    assertThat(problem("SELECT '" + "x".repeat(300_000) + "'").code()).isEqualTo("sql_syntax");
  }

  /** Whatever is put together from the words of SQL is let through or refused, and nothing else. */
  @Test
  void anyTextEndsInAQueryOrAProblem() {
    List<String> words =
        List.of(
            "SELECT",
            "FROM",
            "WHERE",
            "sales",
            "t",
            "(",
            ")",
            ",",
            "*",
            "1",
            "'x'",
            "AS",
            "WITH",
            "TABLE",
            "UNION",
            "VALUES",
            "JOIN",
            "ON",
            "LATERAL",
            "UNNEST",
            "read_text",
            "getenv",
            "ORDER BY",
            "GROUP BY",
            "\"a b\"",
            ";",
            "=",
            "IN",
            "EXISTS",
            "CASE",
            "WHEN",
            "END",
            "OVER",
            "ARRAY",
            "[",
            "]",
            "::",
            "INTEGER",
            "?",
            ".",
            "lake",
            "PIVOT",
            "FOR",
            "->",
            "INTERVAL",
            "DATE",
            "DAY",
            "NOT",
            "NULL",
            "LIMIT",
            "'",
            "\"",
            "--",
            "/*",
            "{",
            "@");
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      StringBuilder sql = new StringBuilder(random.nextBoolean() ? "SELECT " : "");
      for (int n = random.nextInt(14); n >= 0; n--) {
        sql.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      try {
        GuardedQuery query = front.accept(sql.toString());
        assertThat(query.tree().toString()).doesNotContain("f.txt");
      } catch (ProblemException e) {
        assertThat(e.problem().status()).as(sql.toString()).isBetween(400, 499);
      }
    }
  }

  private Problem problem(String sql) {
    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> front.accept(sql));
    assertThat(refusal).as(sql).isNotNull();
    return refusal.problem();
  }
}
