package dev.lakehouse.ingest.replay;

/** An entry cannot be replayed, and stays in quarantine; the message says why. */
final class KeptException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  KeptException(String code, String reason) {
    super(reason);
    this.code = code;
  }

  String code() {
    return code;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
