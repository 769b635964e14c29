package dev.lakehouse.jobs.land;

/** A record cannot become a row; it goes to quarantine and the others go on. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code as in {@link dev.lakehouse.schemas.event.Quarantined}
   * @param reason for whoever looks at the record
   */
  RefusedException(String code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  String code() {
    return code;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
