package dev.lakehouse.query.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.schemas.http.ProblemException;
import org.junit.jupiter.api.Test;

class ExpansionTest {
  private final SqlFront front = new SqlFront();

  private static String doubled(int times, String order) {
    StringBuilder sql = new StringBuilder("WITH c0 AS (SELECT * FROM t)");
    for (int i = 1; i <= times; i++) {
      sql.append(", c").append(i).append(" AS (SELECT * FROM c").append(i - 1);
      sql.append(" AS a JOIN C").append(i - 1).append(" AS b ON a.id = b.id)");
    }
    return sql + " SELECT count(*) FROM c" + times + order;
  }

  @Test
  void whatDoublesWithEveryLineIsRefusedBeforeAnEngineSeesIt() {
    assertThat(front.accept(doubled(9, "")).tables()).hasSize(1);
    for (int times : new int[] {10, 40, 70}) {
      assertThatThrownBy(() -> front.accept(doubled(times, "")))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("more than 1000 times");
      assertThatThrownBy(() -> front.accept(doubled(times, " ORDER BY 1 LIMIT 5")))
          .hasMessageContaining("more than 1000 times");
    }
    assertThatThrownBy(() -> front.accept("SELECT * FROM (" + doubled(10, "") + ") AS x"))
        .hasMessageContaining("more than 1000 times");
  }

  @Test
  void whatIsUsedOftenWithoutDoublingIsNot() {
    StringBuilder sql = new StringBuilder("WITH t0 AS (SELECT * FROM t)");
    for (int i = 1; i < 200; i++) {
      sql.append(", t").append(i).append(" AS (SELECT * FROM t").append(i - 1).append(")");
    }
    assertThat(front.accept(sql + " SELECT * FROM t199, t198, t0").tables()).hasSize(1);
    assertThat(
            front
                .accept(
                    "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5)"
                        + " SELECT * FROM r a, r b")
                .tables())
        .isEmpty();
  }
}
