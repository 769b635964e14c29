package dev.lakehouse.local.process;

/** The lakehouse cannot start here; the message says why and the hint how to mend it. */
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  public StartRefused(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  public StartRefused(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /** What the operator can do about it. */
  public String hint() {
    return hint;
  }
}
