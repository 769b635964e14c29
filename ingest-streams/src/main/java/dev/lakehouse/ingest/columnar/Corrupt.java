package dev.lakehouse.ingest.columnar;

import dev.lakehouse.ingest.format.UnreadableFileException;

/** What is said of a file that is damaged. */
final class Corrupt {
  private static final int LONGEST_SHOWN = 200;

  private Corrupt() {}

  static UnreadableFileException at(String where, Throwable cause) {
    String message = cause.getMessage();
    String why =
        message == null ? cause.getClass().getSimpleName() : message.lines().findFirst().orElse("");
    String shown = why.length() > LONGEST_SHOWN ? why.substring(0, LONGEST_SHOWN) + "…" : why;
    return new UnreadableFileException(
        "corrupt",
        "the file is damaged, " + where + ": " + shown,
        "write the file anew, or send it again if it was cut on its way",
        cause);
  }
}
