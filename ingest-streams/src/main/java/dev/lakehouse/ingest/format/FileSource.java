package dev.lakehouse.ingest.format;

import dev.lakehouse.ingest.scratch.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A file's bytes, as often as they are asked for; any compression around them is taken off. */
public interface FileSource {
  /** The file's own name, as the uploader gave it. */
  String name();

  /** Opens the file at its first byte; whoever opens it closes it. */
  InputStream open() throws IOException;

  /**
   * The file itself where its bytes lie on this machine as they are, for formats that are read from
   * several places; others make a temporary copy.
   */
  default Optional<Path> local() {
    return Optional.empty();
  }

  /** Where temporary copies of it are made. */
  default Scratch scratch() {
    return Scratch.ofJava();
  }

  /**
   * To be called every so often by whoever reads its {@link #local()} path for long and does not
   * write meanwhile; others may then have their turn.
   *
   * @throws IOException if the reading is to end
   */
  default void rest() throws IOException {}
}
