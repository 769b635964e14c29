package dev.lakehouse.ingest.csv;

import dev.lakehouse.ingest.format.UnreadableFileException;

/** What is said of a file that cannot be read as CSV as a whole. */
final class NotCsv {
  private static final String HINT =
      "send text with one record a line; say delimiter, quote, header or encoding as form fields if"
          + " they are unusual";

  private NotCsv() {}

  static UnreadableFileException because(String what) {
    return new UnreadableFileException("not_csv", what, HINT);
  }

  static UnreadableFileException because(String what, Throwable cause) {
    return new UnreadableFileException("not_csv", what, HINT, cause);
  }

  /** A header that cannot be told to which columns it belongs. */
  static UnreadableFileException header(int names, int fields) {
    return new UnreadableFileException(
        "not_csv",
        "the header has " + names + " names and the rows have " + fields + " fields",
        "mend the header; or say header=false and skip=1 to go without it, or ragged=pad if the"
            + " last columns have no values");
  }
}
