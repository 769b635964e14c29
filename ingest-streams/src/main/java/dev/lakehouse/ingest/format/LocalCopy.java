package dev.lakehouse.ingest.format;

import dev.lakehouse.ingest.scratch.NoRoomException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file that can be read at any place: the file itself, or a temporary copy of it. */
public final class LocalCopy implements Closeable {
  private final Path path;
  private final boolean temporary;

  private LocalCopy(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  /**
   * The file, or a copy in its own {@link FileSource#scratch()}.
   *
   * @throws IOException if the file cannot be read
   * @throws NoRoomException if the disk has no room for a copy
   */
  public static LocalCopy of(FileSource source) throws IOException {
    Optional<Path> local = source.local();
    if (local.isPresent()) {
      return new LocalCopy(local.get(), false);
    }
    try (InputStream in = source.open()) {
      return new LocalCopy(source.scratch().copy(in, "copy", ".tmp"), true);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (temporary) {
      Files.deleteIfExists(path);
    }
  }
}
