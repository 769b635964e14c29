package dev.lakehouse.ingest.format;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** One kind of file. An implementation keeps no state between calls. */
public interface FileFormat {
  /** The format's name, as the option {@code format} and an ingest's plan say it. */
  String name();

  /**
   * Grows with each change that makes the same file other rows; kept in the plan of a reading, and
   * a reading is resumed by the version that began it or not at all.
   */
  default int version() {
    return 1;
  }

  /** The options that an uploader may say for it, besides those of every file. */
  default Set<String> options() {
    return Set.of();
  }

  /**
   * Looks at what the uploader said, before the file is taken.
   *
   * @param options of {@link #options()} those that were said
   * @throws IllegalArgumentException if a value cannot be used; the message says which and why
   */
  default void check(Map<String, String> options) {}

  /**
   * Whether the file is certainly of this format, where {@link Formats} cannot tell from magic
   * bytes; formats are asked in the order of their list before it sniffs on.
   */
  default boolean claims(FileHead head) {
    return false;
  }

  /**
   * Whether an open file of it may hold tens of megabytes of memory, so that only few are open at
   * once.
   */
  default boolean isHeavy() {
    return false;
  }

  /** The dataset of a file for which the uploader named none, if not one of the file's own name. */
  default Optional<String> dataset() {
    return Optional.empty();
  }

  /**
   * Looks at the whole file once and decides how it is read, what its columns are and their types.
   *
   * @param options what the uploader said; unknown keys were refused before
   * @throws UnreadableFileException if the file as a whole cannot be read
   */
  FileProfile profile(FileSource source, Map<String, String> options) throws IOException;

  /**
   * Opens the rows in the file's order, before the first. The same source, dialect and schema give
   * the same rows, so that a reading can be resumed by skipping those that are done.
   *
   * @param dialect {@link FileProfile#dialect()}, as the profile of this very file said it
   * @param schema what the records are written with
   * @param fields the Avro field of each of the profile's columns, in order
   */
  RowStream open(FileSource source, String dialect, Schema schema, List<String> fields)
      throws IOException;

  /**
   * Opens one row alone, as {@link RowStream#raw} gave it or as somebody mended it; what is in
   * front of a file's rows and behind them is not there. Empty where a row cannot be read without
   * its file.
   *
   * @param raw UTF-8
   * @param dialect and the others as for {@link #open}
   */
  default Optional<RowStream> openRow(
      FileSource raw, String dialect, Schema schema, List<String> fields) throws IOException {
    return Optional.empty();
  }

  /**
   * The columns whose values, a line each, are the row's text for search; none where rows have no
   * {@link RowStream#text}.
   */
  default List<String> textColumns() {
    return List.of();
  }
}
