package dev.lakehouse.query.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {
  @TempDir Path dir;

  /** A clock that stands until it is moved. */
  private static final class Hand extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return now;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }
  }

  private final Hand clock = new Hand();
  private ApiKeys keys;

  @BeforeEach
  void open() {
    keys = ApiKeys.open(dir.resolve("auth"), clock);
  }

  @AfterEach
  void close() {
    keys.close();
  }

  @Test
  void aKeyStandsForItsPrincipalAndNoOtherTextDoes() {
    String key = keys.create("ann", null, "admin").key().text();

    assertThat(key).matches("lhk_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}");
    assertThat(keys.principal(key)).contains("ann");
    for (int i = 0; i < key.length(); i++) {
      char other = key.charAt(i) == 'x' ? 'y' : 'x';
      assertThat(keys.principal(key.substring(0, i) + other + key.substring(i + 1))).isEmpty();
    }
    assertThat(keys.principal("")).isEmpty();
    assertThat(keys.principal(key + " ")).isEmpty();
    assertThat(keys.create("ann", null, "admin").key().text()).isNotEqualTo(key);
  }

  @Test
  void ofAKeyOnlyAHashIsKept() throws Exception {
    KeyText key = keys.create("ann", null, "admin").key();
    keys.close();
    keys = ApiKeys.open(dir.resolve("auth"), clock);

    assertThat(keys.principal(key.text())).contains("ann");
    String secret = key.text().substring(17);
    try (var files = Files.list(dir.resolve("auth"))) {
      for (Path file : files.toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("auth"))))
        .isEqualTo("rwx------");
    assertThat(keys.all().toString() + key).doesNotContain(secret);
  }

  @Test
  void aHashWithoutTheSecretOpensNothing() throws Exception {
    String key = keys.create("ann", null, "admin").key().text();
    keys.close();
    Files.delete(dir.resolve("auth/secret"));

    keys = ApiKeys.open(dir.resolve("auth"), clock);
    assertThat(keys.principal(key)).isEmpty();
    Files.setPosixFilePermissions(
        dir.resolve("auth/secret"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> ApiKeys.open(dir.resolve("auth"), clock))
        .hasMessageContaining("may be read by others");
  }

  @Test
  void keysEnd() {
    ApiKeys.Made made = keys.create("ann", Duration.ofDays(2), "admin");
    String key = made.key().text();
    clock.pass(Duration.ofDays(2).minusMillis(1));
    assertThat(keys.principal(key)).contains("ann");
    clock.pass(Duration.ofMillis(1));
    assertThat(keys.principal(key)).isEmpty();
    assertThatThrownBy(() -> keys.rotate(made.entry().id(), Duration.ofDays(1), "admin"))
        .hasMessageContaining("key_ended");

    ApiKeys.Made other = keys.create("bob", null, "admin");
    assertThat(keys.revoke(other.entry().id()).state(clock.instant())).isEqualTo("revoked");
    assertThat(keys.principal(other.key().text())).isEmpty();
    assertThatThrownBy(() -> keys.revoke("nothing")).hasMessageContaining("unknown_key");
    assertThatThrownBy(() -> keys.create("local", null, "admin"))
        .hasMessageContaining("bad_principal");
    assertThatThrownBy(() -> keys.create("a b", null, "admin"))
        .hasMessageContaining("bad_principal");
  }

  @Test
  void arotatedKeyIsValidForAWhile() {
    ApiKeys.Made former = keys.create("ann", Duration.ofDays(30), "admin");
    ApiKeys.Made made = keys.rotate(former.entry().id(), Duration.ofHours(1), "admin");

    assertThat(keys.principal(former.key().text())).contains("ann");
    assertThat(keys.principal(made.key().text())).contains("ann");
    clock.pass(Duration.ofHours(1));
    assertThat(keys.principal(former.key().text())).isEmpty();
    assertThat(keys.principal(made.key().text())).contains("ann");
    clock.pass(Duration.ofDays(30));
    assertThat(keys.principal(made.key().text())).as("it lives as long as the other").isEmpty();
  }

  @Test
  void lastUseIsKeptToTheHour() {
    ApiKeys.Made made = keys.create("ann", null, "admin");
    assertThat(keys.all().iterator().next().lastUsedAt()).isNull();
    Instant first = clock.instant();
    keys.principal(made.key().text());
    clock.pass(Duration.ofMinutes(59));
    keys.principal(made.key().text());
    assertThat(keys.all().iterator().next().lastUsedAt()).isEqualTo(first);
    clock.pass(Duration.ofMinutes(1));
    keys.principal(made.key().text());
    assertThat(keys.all().iterator().next().lastUsedAt()).isEqualTo(clock.instant());
  }

  @Test
  void anotherProcessHearsOfIt() {
    try (ApiKeys other = ApiKeys.open(dir.resolve("auth"), clock)) {
      ApiKeys.Made made = keys.create("ann", null, "admin");
      await()
          .atMost(Duration.ofSeconds(2))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> other.principal(made.key().text()).isPresent());
      other.revoke(made.entry().id());
      await()
          .atMost(Duration.ofSeconds(2))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> keys.principal(made.key().text()).isEmpty());
    }
  }

  @Test
  void theFirstKeyIsShownBeforeItIsKeptAndOnce() {
    List<String> shown = new ArrayList<>();
    assertThatThrownBy(
            () ->
                keys.first(
                    key -> {
                      throw new IllegalStateException("killed while showing " + key.length());
                    }))
        .hasMessageContaining("killed");
    assertThat(keys.all()).as("nobody saw it").isEmpty();
    keys.first(shown::add);
    keys.first(shown::add);
    assertThat(shown).hasSize(1);
    assertThat(keys.principal(shown.get(0))).contains("admin");
    keys.revoke(keys.all().iterator().next().id());
    keys.first(shown::add);
    assertThat(shown).as("nobody could come in any more").hasSize(2);
  }
}
