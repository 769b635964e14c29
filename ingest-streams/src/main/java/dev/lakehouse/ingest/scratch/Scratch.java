package dev.lakehouse.ingest.scratch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory for temporary files, which one process at a time uses. Whoever makes a file deletes
 * it; what a killed process left is swept at the next start. Before room is taken it is asked for.
 */
public final class Scratch {
  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);
  private static final int CHUNK = 1 << 20;

  private final Path directory;
  private final Room room;

  /** Lets bytes be written, or does not. */
  @FunctionalInterface
  public interface Room {
    /**
     * Asks whether so much may be written.
     *
     * @param bytes that are about to be written
     * @throws NoRoomException if they should not be
     */
    void ask(long bytes);
  }

  private Scratch(Path directory, Room room) {
    this.directory = directory;
    this.room = room;
  }

  /** Opens the directory, making it if need be, and sweeps it. */
  public static Scratch open(Path directory, Room room) throws IOException {
    Files.createDirectories(directory);
    int swept = 0;
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
      for (Path file : left) {
        Files.delete(file);
        swept++;
      }
    }
    if (swept > 0) {
      LOG.info("swept {} temporary files that were left", swept);
    }
    return new Scratch(directory, room);
  }

  /** The directory that Java has for temporary files; nothing is swept there, nobody asked. */
  public static Scratch ofJava() {
    return new Scratch(Path.of(System.getProperty("java.io.tmpdir")), bytes -> {});
  }

  /** A new file without content. */
  public Path file(String prefix, String suffix) throws IOException {
    try {
      return Files.createTempFile(directory, prefix, suffix);
    } catch (IOException e) {
      throw NoRoomException.unless(directory, e);
    }
  }

  /**
   * Asks for room.
   *
   * @throws NoRoomException if there is too little for so many bytes
   */
  public void ask(long bytes) {
    room.ask(bytes);
  }

  /**
   * Writes all that is left of a stream into a new file; nothing is left of it if that fails.
   *
   * @throws NoRoomException if the disk has too little room
   */
  public Path copy(InputStream in, String prefix, String suffix) throws IOException {
    Path copy = file(prefix, suffix);
    try (OutputStream out = Files.newOutputStream(copy)) {
      byte[] chunk = new byte[CHUNK];
      for (int n = in.readNBytes(chunk, 0, CHUNK); n > 0; n = in.readNBytes(chunk, 0, CHUNK)) {
        room.ask(n);
        write(out, chunk, n);
      }
      return copy;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
  }

  private void write(OutputStream out, byte[] chunk, int length) throws IOException {
    try {
      out.write(chunk, 0, length);
    } catch (IOException e) {
      throw NoRoomException.unless(directory, e);
    }
  }
}
