package dev.lakehouse.ingest.columnar;

import dev.lakehouse.ingest.format.FileSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file that can be read at any place: the file itself, or a temporary copy of it. */
final class LocalCopy implements Closeable {
  private static final long LEAVE_FREE = 256L << 20;

  private final Path path;
  private final boolean temporary;

  private LocalCopy(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  /**
   * @throws IOException if the file cannot be read, or the disk has no room for a copy
   */
  static LocalCopy of(FileSource source) throws IOException {
    Optional<Path> local = source.local();
    if (local.isPresent()) {
      return new LocalCopy(local.get(), false);
    }
    LocalCopy copy = new LocalCopy(Files.createTempFile("columnar", ".tmp"), true);
    try (InputStream in = source.open();
        OutputStream out = Files.newOutputStream(copy.path)) {
      long room = Files.getFileStore(copy.path).getUsableSpace() - LEAVE_FREE;
      byte[] chunk = new byte[1 << 16];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        room -= read;
        if (room < 0) {
          throw new IOException("the disk has no room for a copy of " + source.name());
        }
        out.write(chunk, 0, read);
      }
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
    return copy;
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (temporary) {
      Files.deleteIfExists(path);
    }
  }
}
