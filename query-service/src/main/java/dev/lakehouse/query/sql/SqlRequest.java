package dev.lakehouse.query.sql;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.lakehouse.query.table.AsOf;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /query/sql}.
 *
 * @param params values for each {@code ?}: text, number, boolean or null
 * @param limit most rows of the answer
 * @param timeoutMs longest time, in ms
 * @param snapshot states of the past to read: one for all tables, or by table
 * @param timeZone name of the zone in which moments without one are understood; UTC if null
 * @param dryRun whether only to say what the policies would have of it
 */
record SqlRequest(
    @JsonProperty("sql") @Nullable String sql,
    @JsonProperty("params") @Nullable List<@Nullable Object> params,
    @JsonProperty("limit") @Nullable Long limit,
    @JsonProperty("timeoutMs") @Nullable Long timeoutMs,
    @JsonProperty("snapshot") @Nullable Object snapshot,
    @JsonProperty("timeZone") @Nullable String timeZone,
    @JsonProperty("dryRun") boolean dryRun) {
  private static final long MOST_ROWS = 1_000_000_000_000L;
  private static final int LONGEST_BODY = 1 << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

  /** A request with nothing but its SQL. */
  static SqlRequest of(String sql) {
    return new SqlRequest(sql, null, null, null, null, null, false);
  }

  /** The same in a zone. */
  static SqlRequest of(String sql, ZoneId zone) {
    return new SqlRequest(sql, null, null, null, null, zone.getId(), false);
  }

  /**
   * Reads a body of at most 1 MiB.
   *
   * @throws ProblemException {@code bad_request} saying which member is wrong, {@code too_large}
   */
  static SqlRequest read(InputStream body) {
    try {
      byte[] bytes = body.readNBytes(LONGEST_BODY + 1);
      if (bytes.length > LONGEST_BODY) {
        throw Problem.of(
                413,
                "too_large",
                "The body is too large",
                "the body is larger than " + LONGEST_BODY + " bytes")
            .toException();
      }
      SqlRequest request = JSON.readValue(bytes, SqlRequest.class);
      if (request == null) {
        throw bad("the body is null").toException();
      }
      request.check();
      return request;
    } catch (UnrecognizedPropertyException e) {
      throw bad("the body has an unknown member '" + e.getPropertyName() + "'")
          .with("member", e.getPropertyName())
          .hint("members are sql, params, limit, timeoutMs, snapshot, timeZone and dryRun")
          .toException();
    } catch (MismatchedInputException e) {
      String member = e.getPath().isEmpty() ? "body" : e.getPath().get(0).getFieldName();
      throw bad("the member '" + member + "' has the wrong type")
          .with("member", String.valueOf(member))
          .toException();
    } catch (JsonProcessingException e) {
      throw bad("the body is no JSON object: " + e.getOriginalMessage()).toException();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void check() {
    if (sql == null || sql.isBlank()) {
      throw bad("the member 'sql' is missing or empty").with("member", "sql").toException();
    }
    if (limit != null && (limit < 1 || limit > MOST_ROWS)) {
      throw bad("the member 'limit' is not 1 to " + MOST_ROWS)
          .with("member", "limit")
          .toException();
    }
    if (timeoutMs != null && timeoutMs < 1) {
      throw bad("the member 'timeoutMs' is below 1").with("member", "timeoutMs").toException();
    }
    if (timeZone != null && !ZoneId.getAvailableZoneIds().contains(timeZone)) {
      throw bad("the member 'timeZone' is no zone, such as Europe/Berlin")
          .with("member", "timeZone")
          .toException();
    }
    past();
    for (Object value : parameters()) {
      if (value != null
          && !(value instanceof String || value instanceof Number || value instanceof Boolean)) {
        throw bad("a member of 'params' is neither text, number, boolean nor null")
            .with("member", "params")
            .toException();
      }
    }
  }

  String text() {
    return sql == null ? "" : sql;
  }

  List<@Nullable Object> parameters() {
    return params == null ? List.of() : new ArrayList<>(params);
  }

  /** How long it may take. */
  Duration atMost(Duration most) {
    return timeoutMs == null || most.toMillis() < timeoutMs ? most : Duration.ofMillis(timeoutMs);
  }

  /** The zone that moments without one are in. */
  ZoneId zone() {
    return timeZone == null || timeZone.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(timeZone);
  }

  /**
   * The states of the past that are asked for.
   *
   * @throws ProblemException {@code bad_request} if the member is no snapshot id, time, or object
   *     with one of them by table
   */
  Past past() {
    if (snapshot == null) {
      return Past.NONE;
    }
    if (snapshot instanceof Map<?, ?> byTable) {
      Map<String, AsOf> states = new HashMap<>();
      byTable.forEach(
          (table, state) ->
              states.put(String.valueOf(table).toLowerCase(Locale.ROOT), asOf(state)));
      return new Past(null, states);
    }
    return new Past(asOf(snapshot), Map.of());
  }

  private static AsOf asOf(@Nullable Object state) {
    String text = String.valueOf(state);
    AsOf version = AsOf.Version.of(text);
    AsOf read = version == null ? AsOf.time(text) : version;
    if (read == null) {
      throw bad("the member 'snapshot' is no snapshot id and no time: " + text)
          .with("member", "snapshot")
          .hint("an id, a time such as 2024-06-01T12:00:00Z, or an object {\"table\": id or time}")
          .toException();
    }
    return read;
  }

  private static Problem bad(String detail) {
    return Problem.of(400, "bad_request", "The request is not right", detail);
  }
}
