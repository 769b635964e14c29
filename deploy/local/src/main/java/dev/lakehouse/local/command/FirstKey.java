package dev.lakehouse.local.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Tells the first key to who starts the lakehouse. What runs in the background prints into a file
 * that is kept, so it hands the key over in one that only its owner may read, and that is deleted
 * once the key was shown.
 */
final class FirstKey {
  private final @Nullable Path handOver;

  /**
   * @param handOver where to leave the key; null to print it
   */
  FirstKey(@Nullable Path handOver) {
    this.handOver = handOver;
  }

  void tell(String principal, String key, PrintWriter out) {
    if (handOver == null) {
      print(principal, key, out);
      return;
    }
    try {
      Files.deleteIfExists(handOver);
      Files.createFile(handOver, ownerOnly(handOver));
      Files.writeString(handOver, principal + " " + key);
    } catch (IOException e) {
      throw new UncheckedIOException("the first key cannot be left in " + handOver, e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Prints a key that was left, if there is one, and deletes it. */
  static void showLeft(Path handOver, PrintWriter out) {
    try {
      if (Files.exists(handOver)) {
        String[] words = Files.readString(handOver).split(" ", 2);
        print(words[0], words[1], out);
        Files.delete(handOver);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the first key cannot be read from " + handOver, e);
    }
  }

  private static void print(String principal, String key, PrintWriter out) {
    out.println();
    out.println("The first key, of the principal " + principal + ". It is shown this once:");
    out.println("  " + key);
    out.println("Send it as X-API-Key; the commands take it from LAKEHOUSE_API_KEY.");
    out.println();
    out.flush();
  }
}
