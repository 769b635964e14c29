package dev.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Queries at random over tables with planted secrets: none is in an answer or an error, and two
 * lakes that differ in nothing else answer alike.
 */
@SuppressWarnings("NullAway.Init") // what is static is set before the first query
class LeaksIT {
  private static final List<String> TEXTS =
      List.of("name", "email", "note", "addr", "product", "region", "salary", "_ingest_id");
  private static final List<String> NUMBERS =
      List.of("id", "person_id", "amount", "born", "_kafka_offset", "salary");
  private static final List<String> TEXT_CALLS =
      List.of(
          "upper(%s)",
          "substring(%s, 1, 3)",
          "concat(%s, 'x')",
          "coalesce(%s, 'none')",
          "sha256(%s)",
          "reverse(%s)",
          "replace(%s, 'a', 'b')",
          "CAST(%s AS VARCHAR)",
          "nullif(%s, 'emea')",
          "lpad(%s, 9, '*')");
  private static final List<String> NUMBER_CALLS =
      List.of(
          "abs(%s)",
          "%s + 1",
          "%s / 2",
          "CAST(%s AS DOUBLE)",
          "CAST(%s AS BIGINT)",
          "mod(%s, 7)",
          "greatest(%s, 3)",
          "sqrt(%s - 100)",
          "ln(%s)");
  private static final List<String> COMPARISONS = List.of("=", "<>", "<", ">", "<=", ">=");
  private static final List<String> AGGREGATES =
      List.of("min(%s)", "max(%s)", "count(%s)", "count(DISTINCT %s)");

  private static Path directory;
  private static PolicyLake one;
  private static PolicyLake other;

  @BeforeContainer
  static void start() throws IOException {
    directory = Files.createTempDirectory("leaks");
    one = PolicyLake.in(directory.resolve("one"), "qz7a", 9_871_234_561L);
    other = PolicyLake.in(directory.resolve("other"), "qz7b", 5_553_334_447L);
  }

  @AfterContainer
  static void stop() throws IOException {
    one.close();
    other.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 250)
  void noQueryTellsASecret(@ForAll long seed) {
    String sql = new Writer(new Random(seed)).query(2);
    HttpResponse<String> answer = one.ask(PolicyLake.READER, Map.of("sql", sql));
    HttpResponse<String> same = other.ask(PolicyLake.READER, Map.of("sql", sql));
    assertThat(answer.statusCode()).as(sql + "\n" + answer.body()).isLessThan(500);
    assertThat(one.keeps(answer)).as(sql + "\n" + answer.body()).isTrue();
    assertThat(other.keeps(same)).as(sql + "\n" + same.body()).isTrue();
    assertThat(PolicyLake.told(answer)).as(sql).isEqualTo(PolicyLake.told(same));
  }

  /** Writes queries, most of which mean something. */
  private record Writer(Random random) {
    private String one(List<String> of) {
      return of.get(random.nextInt(of.size()));
    }

    private boolean seldom() {
      return random.nextInt(6) == 0;
    }

    String query(int depth) {
      String query =
          switch (random.nextInt(6)) {
            case 0 -> grouped(depth);
            case 1 -> windowed(depth);
            case 2 ->
                "SELECT CAST("
                    + text(2)
                    + " AS VARCHAR) AS x FROM "
                    + from(depth)
                    + " UNION SELECT "
                    + text(1)
                    + " FROM "
                    + from(0);
            case 3 -> "WITH c AS (" + plain(depth) + ") SELECT * FROM c";
            default -> plain(depth);
          };
      return seldom() ? "SELECT * FROM (" + query + ") AS q" : query;
    }

    private String plain(int depth) {
      String items = seldom() ? "*" : value(2) + " AS a, " + value(2) + " AS b";
      return "SELECT "
          + (seldom() ? "DISTINCT " : "")
          + items
          + " FROM "
          + from(depth)
          + where(depth)
          + (seldom() ? " ORDER BY " + value(1) : "");
    }

    private String grouped(int depth) {
      String by = value(1);
      return "SELECT "
          + by
          + " AS k, "
          + String.format(one(AGGREGATES), value(1))
          + " AS v FROM "
          + from(depth)
          + where(depth)
          + " GROUP BY "
          + by
          + (random.nextBoolean() ? " HAVING max(" + text(1) + ") > 'a'" : "");
    }

    private String windowed(int depth) {
      return "SELECT "
          + value(1)
          + " AS a, "
          + one(List.of("rank()", "dense_rank()", "count(*)"))
          + " OVER (PARTITION BY "
          + value(1)
          + " ORDER BY "
          + value(1)
          + ") AS r FROM "
          + from(depth)
          + where(depth);
    }

    private String from(int depth) {
      String table = one(List.of("people", "orders", "orders", "people", "vault", "plain"));
      return switch (random.nextInt(5)) {
        case 0 -> "people AS p JOIN orders AS o ON p.id = o.person_id";
        case 1 -> "people AS p LEFT JOIN orders AS o ON " + condition(0);
        case 2 ->
            depth > 0 ? "(" + plain(depth - 1) + ") AS s(name, id)" : "(SELECT * FROM orders) AS s";
        default -> table + " AS t";
      };
    }

    private String where(int depth) {
      return random.nextInt(3) == 0 ? "" : " WHERE " + condition(depth);
    }

    private String condition(int depth) {
      return switch (random.nextInt(8)) {
        case 0 -> "(" + condition(0) + " OR " + condition(0) + ")";
        case 1 -> condition(0) + " AND " + condition(0);
        case 2 -> text(1) + " LIKE '" + one(List.of("q%", "%7%", "e%", "%")) + "'";
        case 3 -> value(1) + " IS " + one(List.of("NULL", "NOT NULL"));
        case 4 ->
            depth > 0
                ? "EXISTS (SELECT 1 FROM orders x WHERE " + condition(0) + ")"
                : text(1) + " IN ('emea', 'name1', 'x')";
        case 5 ->
            depth > 0
                ? text(1) + " " + one(COMPARISONS) + " (SELECT max(" + text(1) + ") FROM people)"
                : "NOT (" + number(1) + " > 3)";
        case 6 -> "CAST(" + text(1) + " AS " + one(List.of("INTEGER", "DATE")) + ") IS NOT NULL";
        default -> number(1) + " " + one(COMPARISONS) + " " + random.nextInt(10);
      };
    }

    private String value(int depth) {
      return random.nextBoolean() ? text(depth) : number(depth);
    }

    private String text(int depth) {
      return depth > 0 && random.nextBoolean()
          ? String.format(one(TEXT_CALLS), text(depth - 1))
          : one(TEXTS);
    }

    private String number(int depth) {
      if (depth > 0 && random.nextBoolean()) {
        return random.nextInt(4) == 0
            ? "CAST(" + text(depth - 1) + " AS INTEGER)"
            : String.format(one(NUMBER_CALLS), number(depth - 1));
      }
      return one(NUMBERS);
    }
  }
}
