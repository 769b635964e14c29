package dev.lakehouse.query.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lakehouse.schemas.http.Keys;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a data directory. Requests are checked against memory; what another process changed
 * is known here within {@link #LOOK}. Safe for use by many threads.
 */
public final class ApiKeys implements Keys, AutoCloseable {
  /** Whose the first key is. */
  public static final String ADMIN = "admin";

  private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration USE = Duration.ofHours(1);
  private static final Pattern PRINCIPAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.@-]{0,99}");
  private static final List<String> NOBODY = List.of("local", "anonymous");

  private final KeyStore store;
  private final KeySecret secret;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Instant> used = new ConcurrentHashMap<>();
  private volatile Map<String, KeyStore.Kept> known;
  private long version;
  private volatile long lookedNanos;

  /** A key that was just made, with the text that is told this once. */
  record Made(KeyEntry entry, KeyText key) {}

  private ApiKeys(KeyStore store, KeySecret secret, Clock clock) throws SQLException {
    this.store = store;
    this.secret = secret;
    this.clock = clock;
    this.version = store.version();
    this.known = store.all();
    this.lookedNanos = System.nanoTime();
  }

  /**
   * Opens the keys.
   *
   * @param directory is made for its owner only
   * @throws UncheckedIOException if they cannot be read or kept, or others may read their secret
   */
  public static ApiKeys open(Path directory, Clock clock) {
    try {
      KeySecret.createOwnerOnlyDirectory(directory);
      KeySecret secret = KeySecret.in(directory);
      Path file = directory.resolve("keys.db");
      KeySecret.createOwnerOnly(file);
      return new ApiKeys(new KeyStore(file), secret, clock);
    } catch (IOException e) {
      throw new UncheckedIOException("the keys cannot be opened: " + e.getMessage(), e);
    } catch (SQLException e) {
      throw new UncheckedIOException(
          "the keys cannot be opened: " + e.getMessage(), new IOException(e));
    }
  }

  @Override
  public Optional<String> principal(String sent) {
    Optional<KeyText> key = KeyText.of(sent);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    KeyStore.Kept kept = current().get(key.get().id());
    if (kept == null
        || !MessageDigest.isEqual(
            kept.hash().getBytes(US_ASCII),
            secret.hash(key.get(), kept.entry().principal()).getBytes(US_ASCII))) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (!kept.entry().isValid(now)) {
      return Optional.empty();
    }
    use(kept.entry(), now);
    return Optional.of(kept.entry().principal());
  }

  private void use(KeyEntry entry, Instant now) {
    Instant before = used.getOrDefault(entry.id(), last(entry));
    if (before.plus(USE).isAfter(now)) {
      return;
    }
    used.put(entry.id(), now);
    try {
      store.used(entry.id(), now);
    } catch (SQLException e) {
      LOG.warn("the last use of key {} is not kept", entry.id(), e);
    }
  }

  private static Instant last(KeyEntry entry) {
    return entry.lastUsedAt() == null ? Instant.EPOCH : entry.lastUsedAt();
  }

  private Map<String, KeyStore.Kept> current() {
    if (System.nanoTime() - lookedNanos > LOOK.toNanos()) {
      look(false);
    }
    return known;
  }

  private synchronized void look(boolean changed) {
    lookedNanos = System.nanoTime();
    try {
      long now = store.version();
      if (changed || now != version) {
        known = store.all();
        version = now;
      }
    } catch (SQLException e) {
      LOG.error("the keys cannot be read; those known are taken on", e);
    }
  }

  /** Every key, also those that are nobody's any more, the oldest first. */
  Collection<KeyEntry> all() {
    look(true);
    return known.values().stream().map(KeyStore.Kept::entry).toList();
  }

  /**
   * Makes a key.
   *
   * @param life how long it is valid; null for ever
   * @throws ProblemException 400 {@code bad_principal}, 503 {@code keys_unavailable}
   */
  Made create(String principal, @Nullable Duration life, String by) {
    checkPrincipal(principal);
    Made made = made(principal, life, by);
    keep(() -> store.add(made.entry(), secret.hash(made.key(), principal)));
    return made;
  }

  private static void checkPrincipal(String principal) {
    if (!PRINCIPAL.matcher(principal).matches() || NOBODY.contains(principal)) {
      throw Problem.of(
              400,
              "bad_principal",
              "The principal cannot have a key",
              "'" + principal + "' is not 1 to 100 letters, digits, _, ., @ and -, or is reserved")
          .toException();
    }
  }

  private Made made(String principal, @Nullable Duration life, String by) {
    KeyText key = KeyText.create(random);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant end = life == null ? null : now.plus(life);
    return new Made(new KeyEntry(key.id(), principal, now, by, end, null, null), key);
  }

  /**
   * Makes another key of the same principal; the former is valid for a while yet.
   *
   * @param grace how long the former is valid at most
   * @throws ProblemException 404 {@code unknown_key}, 409 {@code key_ended}
   */
  Made rotate(String id, Duration grace, String by) {
    KeyEntry former = find(id);
    Instant now = clock.instant();
    if (!former.isValid(now)) {
      throw Problem.of(
              409, "key_ended", "The key is nobody's any more", "it is " + former.state(now))
          .hint("make a new one with POST /keys")
          .toException();
    }
    Duration life =
        former.expiresAt() == null
            ? null
            : Duration.between(former.createdAt(), former.expiresAt());
    Made made = made(former.principal(), life, by);
    Instant end = now.plus(grace);
    KeyEntry ending =
        former.expiresAt() != null && former.expiresAt().isBefore(end)
            ? former
            : former.expiringAt(end);
    keep(() -> store.replace(ending, made.entry(), secret.hash(made.key(), former.principal())));
    return made;
  }

  /**
   * Ends a key at once. Doing so again changes nothing.
   *
   * @throws ProblemException 404 {@code unknown_key}
   */
  KeyEntry revoke(String id) {
    find(id);
    keep(() -> store.revoke(id, clock.instant()));
    return find(id);
  }

  private KeyEntry find(String id) {
    look(true);
    KeyStore.Kept kept = known.get(id);
    if (kept == null) {
      throw Problem.of(404, "unknown_key", "There is no such key", "no key has the id '" + id + "'")
          .hint("GET /keys lists them")
          .toException();
    }
    return kept.entry();
  }

  /**
   * Makes a key of the principal {@link #ADMIN} unless there is one that is somebody's.
   *
   * @param show is given the key before it is kept, so that none is kept that nobody has seen
   */
  public void first(Consumer<String> show) {
    Instant now = clock.instant();
    if (all().stream().noneMatch(entry -> entry.isValid(now))) {
      Made made = made(ADMIN, null, ADMIN);
      show.accept(made.key().text());
      keep(() -> store.add(made.entry(), secret.hash(made.key(), ADMIN)));
    }
  }

  /** Changes what is kept. */
  private interface Change {
    void make() throws SQLException;
  }

  private void keep(Change change) {
    try {
      change.make();
    } catch (SQLException e) {
      LOG.error("the keys cannot be changed", e);
      throw Problem.of(
              503,
              "keys_unavailable",
              "The keys cannot be changed",
              "their file cannot be written; the log has the reason under the request id")
          .toException();
    } finally {
      look(true);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
