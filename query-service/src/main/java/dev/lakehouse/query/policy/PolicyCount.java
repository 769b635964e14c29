package dev.lakehouse.query.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts versions of the policies, over restarts. */
final class PolicyCount {
  private static final Pattern VERSION = Pattern.compile("(\\d{1,18})-([0-9a-f]+)");

  private final Path file;

  PolicyCount(Path file) {
    this.file = file;
  }

  /** The version that policies of this hash are; the one before if that had the same hash. */
  String next(String hash) {
    try {
      String last = Files.exists(file) ? Files.readString(file).strip() : "";
      Matcher version = VERSION.matcher(last);
      boolean known = version.matches();
      if (known && version.group(2).equals(hash)) {
        return last;
      }
      String next = (known ? Long.parseLong(version.group(1)) + 1 : 1) + "-" + hash;
      Files.createDirectories(file.getParent());
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      try (FileChannel out =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        out.write(ByteBuffer.wrap(next.getBytes(UTF_8)));
        out.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return next;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
