package dev.lakehouse.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one directory that holds all state of a lakehouse, held by one process at a time. The lock is
 * the operating system's, so a killed process holds nothing.
 */
public final class DataDirectory implements AutoCloseable {
  /** Layout of the directory that this program reads and writes. */
  static final int VERSION = 1;

  private static final String VERSION_FILE = "version";
  private static final String LOCK_FILE = "lock";
  private static final String HINT = "choose another with --data-dir DIR or the key data.dir";

  /** Everything that a lakehouse puts at the top of its directory. */
  private static final Set<String> OURS =
      Set.of(
          "auth",
          "catalog",
          "flink",
          "kafka",
          LOCK_FILE,
          "logs",
          "objects",
          "registry",
          "run.json",
          "run.json.next",
          "tmp",
          VERSION_FILE,
          VERSION_FILE + ".next",
          "warehouse");

  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Takes the directory, made if it is not there, and clears what a killed process left in its
   * temporary part.
   *
   * @throws StartRefused if it cannot be written, is of a newer version, holds other things than a
   *     lakehouse, or is held by another process
   */
  public static DataDirectory open(Path path) {
    try {
      Files.createDirectories(path);
      refuseForeign(path);
      checkVersion(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw held(path);
      }
      DataDirectory directory = new DataDirectory(path, channel);
      directory.prepare();
      return directory;
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** What to say of a directory in which nothing can be written. */
  public static StartRefused unwritable(Path path, IOException e) {
    return new StartRefused(
        "the data directory " + path + " cannot be written: " + reason(e), HINT, e);
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException || e instanceof AccessDeniedException) {
      return "the system does not let us";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "it is a file";
    }
    String kind = e.getClass().getSimpleName().replace("Exception", "");
    return e.getMessage() == null ? kind : kind + " " + e.getMessage();
  }

  private static void refuseForeign(Path path) throws IOException {
    if (Files.exists(path.resolve(VERSION_FILE))) {
      return;
    }
    Set<String> foreign = new TreeSet<>();
    try (Stream<Path> entries = Files.list(path)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !OURS.contains(name))
          .forEach(foreign::add);
    }
    if (!foreign.isEmpty()) {
      throw new StartRefused(
          "the directory "
              + path
              + " is not empty and not a lakehouse's: it has "
              + String.join(", ", foreign.stream().limit(3).toList()),
          HINT);
    }
  }

  private static void checkVersion(Path path) throws IOException {
    Path file = path.resolve(VERSION_FILE);
    if (!Files.exists(file)) {
      return;
    }
    String text = Files.readString(file).strip();
    Optional<Integer> version =
        text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    if (version.isEmpty() || version.get() > VERSION) {
      throw new StartRefused(
          "the data directory "
              + path
              + " has version "
              + text
              + ", and this program reads versions up to "
              + VERSION,
          "start it with the newer program that wrote it, or " + HINT);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  /** What to say of a directory that another process holds. */
  public static StartRefused held(Path path) {
    String who =
        RunRecord.alive(path)
            .map(run -> "the lakehouse with process id " + run.pid())
            .orElse("another process");
    return new StartRefused(
        "the data directory " + path + " is in use by " + who,
        "end that one with `lakehouse down --data-dir " + path + "`, or " + HINT);
  }

  private void prepare() throws IOException {
    RunRecord.starting().writeTo(path);
    Path version = path.resolve(VERSION_FILE);
    if (!Files.exists(version)) {
      Path next = path.resolve(VERSION_FILE + ".next");
      Files.writeString(next, Integer.toString(VERSION));
      Files.move(next, version, StandardCopyOption.ATOMIC_MOVE);
    }
    sweep(temporary());
    for (String part : new String[] {"tmp", "logs", "warehouse", "objects", "catalog"}) {
      Files.createDirectories(path.resolve(part));
    }
  }

  /** Deletes what is below a directory; what cannot be deleted now is left for the next start. */
  private static void sweep(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException trouble)
              throws IOException {
            if (!visited.equals(directory)) {
              Files.deleteIfExists(visited);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  public Path path() {
    return path;
  }

  /** For what may be lost between two starts. */
  public Path temporary() {
    return path.resolve("tmp");
  }

  /** The directory of one part. */
  Path part(String name) {
    return path.resolve(name);
  }

  /** Gives the directory free for others. */
  @Override
  public void close() {
    RunRecord.removeFrom(path);
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
