package dev.lakehouse.ingest.format;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.io.Encoder;

/**
 * The rows of one file, one at a time: first {@link #next}, then {@link #fit}, and if the row fits
 * {@link #write}. What is asked of a row is valid until the next one.
 */
public interface RowStream extends Closeable {
  /**
   * Whether a row may take seconds, as a scanned page does that waits for its turn; such rows are
   * made before a transaction is begun.
   */
  default boolean isSlow() {
    return false;
  }

  /**
   * Moves to the next row.
   *
   * @return false behind the last
   * @throws UnreadableFileException if the file cannot be read on, which its profile should have
   *     found
   */
  boolean next() throws IOException;

  /** Why the row cannot become a record, or empty if it can. */
  Optional<Misfit> fit();

  /** Writes the row, which fits, in Avro's binary form of the schema. */
  void write(Encoder out) throws IOException;

  /** The row's own bytes or the nearest to them, for quarantine. */
  byte[] raw();

  /** Whether {@link #raw} is all of the row, and not only its beginning. */
  default boolean isRawWhole() {
    return true;
  }

  /** The row's text for search, where the row is a document or a page of one. */
  default Optional<PageText> text() {
    return Optional.empty();
  }
}
