package dev.lakehouse.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedSqlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT 'secret'|SELECT ?",
        "SELECT 'it''s secret', 1|SELECT ?, ?",
        "SELECT a1, t2.b3 FROM t2 WHERE a1 > 12.5e3|SELECT a1, t2.b3 FROM t2 WHERE a1 > ?",
        "SELECT \"Cost Total $\" FROM t|SELECT \"Cost Total $\" FROM t",
        "SELECT a -- secret|SELECT a",
        "SELECT /* secret */ a|SELECT   a",
        "SELECT 'a\\' secret' FROM t|SELECT ?…",
        "SELECT 'never ends, secret|SELECT ?…",
        "SELECT $$secret$$|SELECT ?…",
        "SELECT a /* secret|SELECT a",
        "SELECT x'5ec7e7', DATE '2024-01-01', E'secret'|SELECT x?, DATE ?, E?",
        "SELECT 0x5ec, 1_000|SELECT ?, ?",
      })
  void literalsAndCommentsAreGone(String sql, String masked) {
    assertThat(MaskedSql.of(sql, true)).isEqualTo(masked);
  }

  @Test
  void whatWasNotUnderstoodMayHaveValuesInDoubleQuotes() {
    assertThat(MaskedSql.of("SELECT * FROM t WHERE email = \"bob@example.com\"", false))
        .isEqualTo("SELECT * FROM t WHERE email = ?");
    assertThat(MaskedSql.of("SELECT `a`, \"never ends", false)).isEqualTo("SELECT ?, ?…");
  }

  @Test
  void longStatementsAreCut() {
    assertThat(MaskedSql.of("SELECT " + "a, ".repeat(10_000), true))
        .hasSizeLessThan(4_100)
        .endsWith("…");
  }

  /** Whatever stands around it, a secret in quotes does not come through. */
  @Test
  void aSecretInQuotesNeverComesThrough() {
    Random random = new Random(7);
    String[] pieces = {
      "SELECT ", "a", "'", "''", "\"", "--", "\n", "/*", "*/", "$$", "\\", " FROM t", "12", "`",
      "E", "$1"
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder sql = new StringBuilder();
      for (int n = random.nextInt(8); n > 0; n--) {
        sql.append(pieces[random.nextInt(pieces.length)]);
      }
      String before = sql.toString();
      boolean open =
          before.chars().filter(c -> c == '\'' || c == '"' || c == '`').count() == 0
              && !before.contains("--")
              && !before.contains("/*")
              && !before.contains("\\");
      sql.append("'S3CR3T'");
      if (open) {
        assertThat(MaskedSql.of(sql.toString(), false)).as(sql.toString()).doesNotContain("S3CR3T");
      }
    }
  }
}
