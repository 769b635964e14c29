package dev.lakehouse.query.derived;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.lakehouse.query.guard.Freshness;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /catalog/derived}.
 *
 * @param refresh null: when somebody asks for it
 * @param timeZone in which the query reads clocks; UTC if null
 */
record DerivedBody(
    @JsonProperty("name") @Nullable String name,
    @JsonProperty("sql") @Nullable String sql,
    @JsonProperty("refresh") @Nullable Refresh refresh,
    @JsonProperty("timeZone") @Nullable String timeZone) {
  private static final Pattern PERIOD = Pattern.compile("([0-9]{1,9})(s|m|h|d)");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** One of the two. */
  record Refresh(
      @JsonProperty("every") @Nullable String every,
      @JsonProperty("onCommit") @Nullable Boolean onCommit) {}

  /**
   * Reads a body.
   *
   * @throws ProblemException {@code bad_request} saying which member is wrong
   */
  static DerivedBody read(byte[] bytes) {
    try {
      DerivedBody body = JSON.readValue(bytes, DerivedBody.class);
      if (body == null || body.name == null || body.sql == null) {
        throw bad("it needs the members 'name' and 'sql'");
      } else if (body.timeZone != null && !ZoneId.getAvailableZoneIds().contains(body.timeZone)) {
        throw bad("the member 'timeZone' is no zone, such as Europe/Berlin");
      }
      return body;
    } catch (UnrecognizedPropertyException e) {
      throw bad("it has an unknown member '" + e.getPropertyName() + "'");
    } catch (MismatchedInputException e) {
      throw bad(
          "the member '"
              + (e.getPath().isEmpty() ? "body" : e.getPath().get(0).getFieldName())
              + "' has the wrong type");
    } catch (JsonProcessingException e) {
      throw bad("it is no JSON object: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String nameText() {
    return String.valueOf(name);
  }

  String query() {
    return String.valueOf(sql);
  }

  String zone() {
    return timeZone == null ? "UTC" : timeZone;
  }

  /**
   * When it is to be made again.
   *
   * @throws ProblemException {@code bad_request}
   */
  Freshness freshness() {
    if (refresh == null) {
      return new Freshness.OnDemand();
    }
    boolean follows = Boolean.TRUE.equals(refresh.onCommit);
    if (follows == (refresh.every != null)) {
      throw bad("the member 'refresh' has either 'every', such as \"5m\", or 'onCommit': true");
    }
    return follows ? new Freshness.OnCommit() : new Freshness.Every(period(refresh.every));
  }

  private static Duration period(@Nullable String text) {
    Matcher period = PERIOD.matcher(String.valueOf(text));
    if (!period.matches()) {
      throw bad("'" + text + "' is no time such as 30s, 5m, 1h or 1d");
    }
    long number = Long.parseLong(period.group(1));
    return switch (period.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static ProblemException bad(String detail) {
    return Problem.of(400, "bad_request", "The request is not right", detail)
        .hint(
            "{\"name\": …, \"sql\": \"SELECT …\", \"refresh\": {\"every\": \"5m\"}, \"timeZone\": …}")
        .toException();
  }
}
