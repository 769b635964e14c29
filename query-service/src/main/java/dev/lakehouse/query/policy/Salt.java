package dev.lakehouse.query.policy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The secret that goes into every hash, so that nobody can try values out. Made once; with another
 * all hashes are others. Its file is its owner's alone.
 */
final class Salt {
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rw-------");
  private static final Pattern TEXT = Pattern.compile("[0-9a-f]{64}");

  private final String text;

  private Salt(String text) {
    this.text = text;
  }

  /**
   * Reads the file, or makes it.
   *
   * @throws IllegalStateException if there is something else in it
   */
  static Salt in(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      if (!Files.getPosixFilePermissions(file).equals(OWNERS)) {
        Files.setPosixFilePermissions(file, OWNERS);
      }
      String text = Files.readString(file, US_ASCII).strip();
      if (!TEXT.matcher(text).matches()) {
        throw new IllegalStateException(
            file
                + " does not hold the salt of masks any more; put it back from a copy, or delete"
                + " it to have all hashes change");
      }
      return new Salt(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void make(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel out =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNERS))) {
      ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().formatHex(secret).getBytes(US_ASCII));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException madeElsewhere) {
      Files.delete(fresh);
    }
  }

  /** For expressions, and for nothing that anybody sees. */
  String text() {
    return text;
  }

  /** Does not print it. */
  @Override
  public String toString() {
    return "Salt";
  }
}
