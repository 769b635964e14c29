package dev.lakehouse.ingest.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk has no room for what was to be written; the same succeeds once some is freed. */
public final class NoRoomException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A file system with less than this left may refuse any write. */
  private static final long NOTHING = 64 << 10;

  public NoRoomException(String message) {
    super(message);
  }

  private NoRoomException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What to throw for a write that failed.
   *
   * @param place a file or directory of the file system that was written to
   * @return the failure itself, if it has another cause than a full disk
   * @throws NoRoomException if the file system is full
   */
  public static IOException unless(Path place, IOException failure) {
    long left;
    try {
      left = Files.getFileStore(place).getUsableSpace();
    } catch (IOException unknown) {
      failure.addSuppressed(unknown);
      return failure;
    }
    if (left > NOTHING) {
      return failure;
    }
    throw new NoRoomException("the disk of " + place + " is full", failure);
  }
}
