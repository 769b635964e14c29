package dev.lakehouse.ingest.csv;

/**
 * The file as a whole cannot be read as CSV. Trying again does not help; the message says what was
 * found instead.
 */
public final class NotCsvException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotCsvException(String message) {
    super(message);
  }

  public NotCsvException(String message, Throwable cause) {
    super(message, cause);
  }
}
