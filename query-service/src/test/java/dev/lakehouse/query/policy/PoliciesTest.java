package dev.lakehouse.query.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.health.ComponentHealth.Status;
import dev.lakehouse.schemas.name.DatasetName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoliciesTest {
  private static final DatasetName ORDERS = new DatasetName("orders");

  @TempDir Path dir;

  private Policies start() {
    return Policies.start(dir.resolve("policies"), dir.resolve("query/count"), Clock.systemUTC());
  }

  @Test
  void theFirstStartLetsTheAdminDoEverything() {
    try (Policies policies = start()) {
      for (Grant grant : Grant.values()) {
        assertThat(policies.allowsAll("admin", grant)).isTrue();
        assertThat(policies.allows("admin", grant, ORDERS)).isTrue();
        assertThat(policies.allows("local", grant, ORDERS)).isFalse();
      }
      assertThat(policies.state().version()).startsWith("1-");
      assertThat(policies.health().status()).isEqualTo(Status.UP);
    }
    try (Policies again = start()) {
      assertThat(again.state().version()).startsWith("1-");
    }
  }

  @Test
  void withNothingThatCountsNothingIsAllowed() throws Exception {
    Files.createDirectories(dir.resolve("policies"));
    Files.writeString(dir.resolve("policies").resolve("a.toml"), "[[roles.x]]\n");
    try (Policies policies = start()) {
      assertThat(policies.allows("admin", Grant.READ, ORDERS)).isFalse();
      assertThat(policies.health().status()).isEqualTo(Status.DEGRADED);
      assertThat(policies.health().detail()).contains("a.toml:1");
    }
    assertThatThrownBy(() -> Policies.check(dir.resolve("policies")))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("is about no dataset");
  }

  @Test
  void filesOfOthersAreNoPolicies() throws Exception {
    List<String> names = List.of(".hidden.toml", "notes.txt", "a.toml~");
    Files.createDirectories(dir.resolve("policies").resolve("b.toml"));
    for (String name : names) {
      Files.writeString(dir.resolve("policies").resolve(name), "not TOML");
    }
    assertThat(Policies.check(dir.resolve("policies")).roles()).isZero();
  }

  @Test
  void theSaltIsMadeOnceAndIsItsOwnersAlone() throws Exception {
    Path file = dir.resolve("query/policy.salt");
    String first = Salt.in(file).text();
    assertThat(Salt.in(file).text()).isEqualTo(first).hasSize(64);
    assertThat(Salt.in(file)).hasToString("Salt");
    Files.writeString(file, "gone");
    assertThatThrownBy(() -> Salt.in(file)).hasMessageContaining("does not hold the salt");
  }
}
