package dev.lakehouse.jobs.land;

/**
 * The landing of one dataset cannot go on until somebody has mended the cause; nothing of the
 * dataset may be committed before. The others go on.
 */
public final class StoppedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code as in {@link dev.lakehouse.schemas.event.LandingStatus}
   * @param reason for the operator
   */
  public StoppedException(String code, String reason) {
    super(reason);
    this.code = code;
  }

  /** Records are gone from the log that the table does not have. */
  static StoppedException gap(String topic, int partition, long recorded, long start) {
    return new StoppedException(
        "offset_gap",
        topic
            + " partition "
            + partition
            + ": the records of offsets "
            + recorded
            + " to "
            + (start - 1)
            + " are gone from the log and not in the table");
  }

  public String code() {
    return code;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
