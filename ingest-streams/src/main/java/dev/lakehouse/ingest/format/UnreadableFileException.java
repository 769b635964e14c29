package dev.lakehouse.ingest.format;

/** The file as a whole cannot be read; what the message says is for the person who sent it. */
public final class UnreadableFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String hint;

  /**
   * @param code for programs: {@code not_csv}, {@code json_truncated}, {@code encrypted}, …
   * @param detail what is wrong and where (line, row, page or byte)
   * @param hint how to mend it
   */
  public UnreadableFileException(String code, String detail, String hint) {
    super(detail);
    this.code = code;
    this.hint = hint;
  }

  /** As {@link #UnreadableFileException(String, String, String)}, with what found it. */
  public UnreadableFileException(String code, String detail, String hint, Throwable cause) {
    super(detail, cause);
    this.code = code;
    this.hint = hint;
  }

  /** For programs. */
  public String code() {
    return code;
  }

  /** How to mend the file. */
  public String hint() {
    return hint;
  }
}
