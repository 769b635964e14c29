package dev.lakehouse.ingest.format;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** One kind of file. An implementation keeps no state between calls. */
public interface FileFormat {
  /** The format's name, as the option {@code format} and an ingest's plan say it. */
  String name();

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
}
