package dev.lakehouse.query.sql;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /query/sql}.
 *
 * @param params values for each {@code ?}: text, number, boolean or null
 * @param limit most rows of the answer
 * @param timeoutMs longest time, in ms
 */
record SqlRequest(
    @JsonProperty("sql") @Nullable String sql,
    @JsonProperty("params") @Nullable List<@Nullable Object> params,
    @JsonProperty("limit") @Nullable Long limit,
    @JsonProperty("timeoutMs") @Nullable Long timeoutMs) {
  private static final long MOST_ROWS = 1_000_000_000_000L;
  private static final int LONGEST_BODY = 1 << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

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
          .hint("members are sql, params, limit and timeoutMs")
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

  private static Problem bad(String detail) {
    return Problem.of(400, "bad_request", "The request is not right", detail);
  }
}
