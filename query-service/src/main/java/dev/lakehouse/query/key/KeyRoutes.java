package dev.lakehouse.query.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.schemas.access.Grant;
import dev.lakehouse.schemas.config.Durations;
import dev.lakehouse.schemas.http.Audited;
import dev.lakehouse.schemas.http.BoundedBody;
import dev.lakehouse.schemas.http.Caller;
import dev.lakehouse.schemas.http.Door;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET} and {@code POST /keys}, {@code POST /keys/{id}/rotate}, {@code DELETE /keys/{id}}.
 */
public final class KeyRoutes implements Routes {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final int LONGEST_BODY = 10_000;
  private static final Duration USUAL_GRACE = Duration.ofDays(1);

  private final ApiKeys keys;
  private final Clock clock;

  public KeyRoutes(ApiKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** What is asked for. */
  private record Wanted(@Nullable String principal, @Nullable String expiresIn) {}

  private record Rotation(@Nullable String grace) {}

  /** A key as it is listed. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Shown(
      String id,
      String principal,
      String state,
      Instant createdAt,
      String createdBy,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt,
      @Nullable Instant lastUsedAt) {}

  private record Listed(List<Shown> keys) {}

  /** A key that was just made. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Told(String id, String principal, String key, @Nullable Instant expiresAt) {}

  @Override
  public void mount(RoutesConfig routes) {
    Door manage = Door.all(Grant.MANAGE);
    routes.get("/keys", this::list, manage);
    routes.post("/keys", this::create, manage);
    routes.post("/keys/{id}/rotate", this::rotate, manage);
    routes.delete("/keys/{id}", this::revoke, manage);
  }

  private void list(Context context) {
    context.json(new Listed(keys.all().stream().map(this::shown).toList()));
  }

  private Shown shown(KeyEntry entry) {
    return new Shown(
        entry.id(),
        entry.principal(),
        entry.state(clock.instant()),
        entry.createdAt(),
        entry.createdBy(),
        entry.expiresAt(),
        entry.revokedAt(),
        entry.lastUsedAt());
  }

  private void create(Context context) throws IOException {
    Wanted wanted = body(context, Wanted.class, new Wanted(null, null));
    if (wanted.principal() == null) {
      throw bad("the member 'principal' is missing");
    }
    String life = wanted.expiresIn();
    tell(
        context,
        keys.create(
            wanted.principal(), life == null ? null : duration("expiresIn", life), by(context)));
  }

  private void rotate(Context context) throws IOException {
    String grace = body(context, Rotation.class, new Rotation(null)).grace();
    tell(
        context,
        keys.rotate(
            context.pathParam("id"),
            grace == null ? USUAL_GRACE : duration("grace", grace),
            by(context)));
  }

  private void revoke(Context context) {
    KeyEntry entry = keys.revoke(context.pathParam("id"));
    keep(context, entry);
    context.json(shown(entry));
  }

  private static void tell(Context context, ApiKeys.Made made) {
    KeyEntry entry = made.entry();
    keep(context, entry);
    context
        .status(201)
        .header("Cache-Control", "no-store")
        .json(new Told(entry.id(), entry.principal(), made.key().text(), entry.expiresAt()));
  }

  /** Which key it was, for the audit. */
  private static void keep(Context context, KeyEntry entry) {
    Audited.of(context)
        .describe(record -> record.setDetail("key " + entry.id() + " of " + entry.principal()));
  }

  private static String by(Context context) {
    return Caller.of(context).principal();
  }

  private static Duration duration(String member, String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw bad("'" + member + "' is not a duration such as 1h or 30d");
    }
  }

  private static <T> T body(Context context, Class<T> type, T otherwise) throws IOException {
    byte[] body = BoundedBody.read(context, LONGEST_BODY, "a request about a key is short");
    if (body.length == 0) {
      return otherwise;
    }
    try {
      T read = JSON.readValue(body, type);
      return read == null ? otherwise : read;
    } catch (JsonProcessingException e) {
      throw bad("the body is not JSON with the members that there are");
    }
  }

  private static ProblemException bad(String detail) {
    return Problem.of(400, "bad_request", "The request is not right", detail)
        .hint("{\"principal\": \"alice\", \"expiresIn\": \"90d\"}, or {\"grace\": \"1d\"}")
        .toException();
  }
}
