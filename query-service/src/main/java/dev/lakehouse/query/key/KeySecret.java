package dev.lakehouse.query.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret under which keys are hashed, in a file that only its owner may read. Whoever gets the
 * list of keys alone can neither use nor forge one.
 */
final class KeySecret {
  private static final String HMAC = "HmacSHA256";
  private static final String FILE = "secret";
  private static final int BYTES = 32;

  private final SecretKeySpec key;

  private KeySecret(byte[] secret) {
    this.key = new SecretKeySpec(secret, HMAC);
  }

  /**
   * The secret of a directory, made if there is none. Of several processes that make it at once one
   * wins.
   *
   * @throws IOException if it cannot be read or kept, or others may read it
   */
  static KeySecret in(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      make(directory, file);
    }
    checkOwnerOnly(file);
    byte[] secret = HexFormat.of().parseHex(Files.readString(file).strip());
    if (secret.length != BYTES) {
      throw new IOException(file + " holds no secret of " + BYTES + " bytes");
    }
    return new KeySecret(secret);
  }

  private static void make(Path directory, Path file) throws IOException {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    Path next = directory.resolve(FILE + "." + UUID.randomUUID());
    createOwnerOnly(next);
    try {
      try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
        ByteBuffer text = ByteBuffer.wrap(HexFormat.of().formatHex(secret).getBytes(UTF_8));
        while (text.hasRemaining()) {
          out.write(text);
        }
        out.force(true);
      }
      Files.createLink(file, next);
    } catch (FileAlreadyExistsException anotherWasFaster) {
      checkOwnerOnly(file);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /** Makes an empty file that only its owner may read and write, unless it is there. */
  static void createOwnerOnly(Path file) throws IOException {
    if (!Files.exists(file)) {
      try {
        Files.createFile(file, attributes(file, "rw-------"));
      } catch (FileAlreadyExistsException anotherWasFaster) {
        checkOwnerOnly(file);
      }
    }
  }

  /** Makes a directory that only its owner may enter, unless it is there. */
  static void createOwnerOnlyDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory.toAbsolutePath().getParent());
      Files.createDirectory(directory, attributes(directory, "rwx------"));
    }
  }

  private static FileAttribute<?>[] attributes(Path path, String mode) {
    return hasModes(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean hasModes(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void checkOwnerOnly(Path file) throws IOException {
    if (!hasModes(file)) {
      return;
    }
    Set<PosixFilePermission> owner =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    if (!owner.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IOException(file + " may be read by others: chmod 600 it");
    }
  }

  /** The hash of a key for a principal, 64 hexadecimal digits. */
  String hash(KeyText key, String principal) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(this.key);
      mac.update(principal.getBytes(UTF_8));
      mac.update((byte) 0);
      return HexFormat.of().formatHex(mac.doFinal(key.text().getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
