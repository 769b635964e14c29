package dev.lakehouse.jobs.maintain;

/** A table cannot be maintained, and trying again does not help. */
final class UpkeepException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  UpkeepException(String code, String message) {
    super(message);
    this.code = code;
  }

  String code() {
    return code;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
