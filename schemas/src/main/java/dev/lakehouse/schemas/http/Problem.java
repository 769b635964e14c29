package dev.lakehouse.schemas.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 has it: what is wrong, where, and how to mend it.
 *
 * @param status HTTP status
 * @param code stable name of the kind of error, {@code lower_snake}
 * @param title short text, the same for every error of the kind
 * @param detail what is wrong in this case
 * @param hint how to mend it, or null
 * @param more members of this kind of error alone (line, column, nearest names, …)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    @Nullable String hint,
    @Nullable String requestId,
    @JsonAnyGetter Map<String, Object> more) {

  public static final String MEDIA_TYPE = "application/problem+json";

  /** A problem of the kind {@code code}. */
  public static Problem of(int status, String code, String title, String detail) {
    return new Problem(
        "https://lakehouse.dev/problems/" + code,
        title,
        status,
        code,
        detail,
        null,
        null,
        Map.of());
  }

  public Problem hint(String how) {
    return new Problem(type, title, status, code, detail, how, requestId, more);
  }

  /** The same with one more member. */
  public Problem with(String member, Object value) {
    Map<String, Object> members = new LinkedHashMap<>(more);
    members.put(member, value);
    return new Problem(type, title, status, code, detail, hint, requestId, members);
  }

  public Problem requestId(String id) {
    return new Problem(type, title, status, code, detail, hint, id, more);
  }

  /** To be thrown to whoever answers the request. */
  public ProblemException toException() {
    return new ProblemException(this);
  }
}
