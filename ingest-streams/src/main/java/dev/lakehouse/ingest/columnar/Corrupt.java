package dev.lakehouse.ingest.columnar;

import dev.lakehouse.ingest.format.UnreadableFileException;
import java.io.IOException;
import java.nio.file.Path;

/** What is said of a file that is damaged. */
final class Corrupt {
  private static final int LONGEST_SHOWN = 200;

  private Corrupt() {}

  /** As {@link #at(String, Throwable)} where what was thrown may name the file's place on disk. */
  static UnreadableFileException at(String where, Path place, Throwable cause) {
    String message = String.valueOf(cause.getMessage()).replace(place.toString(), "the file");
    return at(where, new IOException(message, cause));
  }

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
