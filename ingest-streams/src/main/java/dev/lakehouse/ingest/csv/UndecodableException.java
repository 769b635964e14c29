package dev.lakehouse.ingest.csv;

/** Bytes are not text in the encoding they were taken for: try another encoding. */
final class UndecodableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UndecodableException(Throwable cause) {
    super("bytes that are not text in this encoding", cause);
  }
}
