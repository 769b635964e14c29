package dev.lakehouse.local.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** The lakehouse did not do what it was asked to; the message says why. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, in kinds that a caller may treat differently. */
  public enum Kind {
    /** Nobody answers at the address. */
    UNREACHABLE,
    /** It answered with a problem. */
    REFUSED
  }

  private final Kind kind;
  private final String hint;
  private final String confirm;

  private ApiException(Kind kind, String message, String hint, String confirm) {
    super(message);
    this.kind = kind;
    this.hint = hint;
    this.confirm = confirm;
  }

  static ApiException unreachable(String url) {
    return new ApiException(
        Kind.UNREACHABLE,
        "no lakehouse answers at " + url,
        "start one with `lakehouse up`, or name another with --url or LAKEHOUSE_URL",
        "");
  }

  static ApiException refused(ProblemBody problem) {
    return new ApiException(
        Kind.REFUSED,
        problem.detail == null ? String.valueOf(problem.title) : problem.detail,
        problem.hint == null ? "" : problem.hint,
        problem.confirm == null ? "" : problem.confirm);
  }

  static ApiException refused(int status, String body) {
    String said = body.strip();
    return new ApiException(
        Kind.REFUSED,
        "the answer has status " + status + (said.isEmpty() ? "" : ": " + said),
        "is this address a lakehouse?",
        "");
  }

  public Kind kind() {
    return kind;
  }

  /** How to mend it; empty if nobody knows. */
  public String hint() {
    return hint;
  }

  /** What to send back to have it done all the same; empty if that is not what is asked. */
  public String confirm() {
    return confirm;
  }

  /** An {@code application/problem+json} body, as far as it is shown. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ProblemBody(
      @Nullable String title,
      @Nullable String code,
      @Nullable String detail,
      @Nullable String hint,
      @Nullable String confirm) {
    /** What is wrong and how to mend it, in one line. */
    public String inOneLine() {
      return (detail == null ? String.valueOf(title) : detail)
          + (hint == null ? "" : " (" + hint + ")");
    }
  }
}
