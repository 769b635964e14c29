package dev.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements of a reader who means ill. Every one is refused, or answered with nothing that is
 * hidden; and two lakes that differ in what is hidden, and in nothing else, answer it alike.
 */
class AttacksIT {
  private static final List<List<String>> WAYS =
      List.of(List.of(), List.of("Accept", "application/x-ndjson"), List.of("Accept", "text/csv"));

  @TempDir static Path directory;
  private static PolicyLake one;
  private static PolicyLake other;

  @BeforeAll
  static void start() {
    one = PolicyLake.in(directory.resolve("one"), "qz7a", 9_871_234_561L);
    other = PolicyLake.in(directory.resolve("other"), "qz7b", 5_553_334_447L);
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
  }

  private static List<String> leaks(String key, Map<String, Object> body) {
    HttpResponse<String> answer = one.ask(key, body);
    HttpResponse<String> same = other.ask(key, body);
    List<String> leaks = new ArrayList<>();
    if (answer.statusCode() >= 500 || !one.keeps(answer) || !other.keeps(same)) {
      leaks.add(body + "\n  " + answer.statusCode() + " " + answer.body());
    }
    if (!PolicyLake.told(answer).equals(PolicyLake.told(same))) {
      leaks.add(body + "\n  " + PolicyLake.told(answer) + "\n  " + PolicyLake.told(same));
    }
    return leaks;
  }

  @Test
  void nothingHiddenIsTold() {
    List<String> leaks = new ArrayList<>();
    List<String> attacks = new ArrayList<>(SqlLists.attacks());
    assertThat(attacks).hasSizeGreaterThan(250);
    for (String sql : attacks) {
      leaks.addAll(leaks(PolicyLake.READER, Map.of("sql", sql)));
      HttpResponse<String> dry = one.ask(PolicyLake.READER, Map.of("sql", sql, "dryRun", true));
      if (!one.keeps(dry) || dry.statusCode() >= 500) {
        leaks.add("dry run of " + sql + "\n  " + dry.body());
      }
      leaks.addAll(leaks(PolicyLake.READER, Map.of("sql", "EXPLAIN " + sql)));
      if (sql.contains("orders")) {
        leaks.addAll(leaks(PolicyLake.READER, Map.of("sql", sql, "limit", 100_000)));
      }
      HttpResponse<String> nobodys = one.ask(PolicyLake.NOBODY, Map.of("sql", sql));
      if (!one.keeps(nobodys) || nobodys.statusCode() >= 500) {
        leaks.add("for nobody: " + sql + "\n  " + nobodys.body());
      }
    }
    assertThat(leaks).isEmpty();
    assertThat(one.lake.meters().scrape()).doesNotContain("qz7a").doesNotContain("9871234561");
  }

  @Test
  void norInAnyFormat() {
    List<String> leaks = new ArrayList<>();
    for (String sql : List.of("SELECT * FROM people", "SELECT * FROM orders")) {
      for (List<String> way : WAYS) {
        HttpResponse<String> answer =
            one.ask(PolicyLake.READER, Map.of("sql", sql), way.toArray(new String[0]));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        if (!one.keeps(answer)) {
          leaks.add(way + " " + answer.body());
        }
      }
    }
    assertThat(leaks).isEmpty();
  }

  @Test
  void norByWhatIsLargeOrDeep() {
    StringBuilder doubled = new StringBuilder("WITH c0 AS (SELECT email, id FROM people)");
    for (int i = 1; i < 40; i++) {
      doubled.append(
          String.format(
              ", c%d AS (SELECT * FROM c%d UNION ALL SELECT * FROM c%d)", i, i - 1, i - 1));
    }
    for (String sql :
        List.of(
            "SELECT " + "(".repeat(2_000) + "email" + ")".repeat(2_000) + " FROM people",
            "SELECT id FROM people WHERE " + "email = 'x' OR ".repeat(2_000) + "id = 1",
            "SELECT " + "email || ".repeat(2_000) + "note FROM people",
            "SELECT " + "upper(".repeat(1_000) + "email" + ")".repeat(1_000) + " FROM people",
            "SELECT '" + "x".repeat(300_000) + "' || email FROM people",
            "SELECT repeat(region, 5000000) FROM orders",
            doubled + " SELECT count(DISTINCT email) FROM c39")) {
      HttpResponse<String> answer =
          one.ask(PolicyLake.READER, Map.of("sql", sql, "timeoutMs", 1_000));
      assertThat(one.keeps(answer)).as(answer.body()).isTrue();
    }
  }

  @Test
  void whatIsReadRawIsToldToWhoMay() {
    HttpResponse<String> answer =
        one.ask(PolicyLake.ADMIN, Map.of("sql", "SELECT * FROM people p JOIN orders o ON true"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(one.keeps(answer)).isFalse();
  }
}
