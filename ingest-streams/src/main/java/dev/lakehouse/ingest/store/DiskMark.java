package dev.lakehouse.ingest.store;

import dev.lakehouse.ingest.scratch.NoRoomException;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The least free space of the disks that state is on. Below the mark new work is refused; below
 * half of it what was taken waits too, since a broker whose disk is full ends the process.
 */
public final class DiskMark {
  private static final double GIB = 1L << 30;

  private final LongSupplier free;
  private final long mark;

  /**
   * @param free tells the free bytes now
   * @param mark least free bytes
   */
  public DiskMark(LongSupplier free, long mark) {
    this.free = free;
    this.mark = mark;
  }

  /** The mark of the disks that the data directory, the uploads and the tables are on. */
  public static DiskMark of(LakehouseConfig config) {
    Set<FileStore> disks = new LinkedHashSet<>();
    Stream.concat(
            Stream.of(config.data().path()),
            Stream.of(config.objects().uri(), config.catalog().warehouse())
                .map(URI::create)
                .filter(uri -> "file".equals(uri.getScheme()))
                .map(Path::of))
        .forEach(directory -> disks.add(disk(directory)));
    return new DiskMark(
        () -> disks.stream().mapToLong(DiskMark::usable).min().orElse(0),
        config.data().minFreeBytes());
  }

  private static FileStore disk(Path directory) {
    Path existing = directory;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      return Files.getFileStore(existing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long usable(FileStore disk) {
    try {
      return disk.getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Why new work is refused, or empty if it is not. */
  public Optional<String> trouble() {
    return below(mark, 0);
  }

  /** Why what was taken waits too, or empty if it does not. */
  public Optional<String> shortage() {
    return below(mark / 2, 0);
  }

  private Optional<String> below(long least, long coming) {
    long left = free.getAsLong() - coming;
    return left >= least
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%.2f GiB would be free, below the mark of %.2f GiB",
                left / GIB,
                least / GIB));
  }

  /**
   * Lets new work pass.
   *
   * @param coming bytes that the work brings, as far as is known
   * @throws ProblemException 507 if too little space is left for it
   */
  public void admit(long coming) {
    below(mark, coming)
        .ifPresent(
            what -> {
              throw low(what);
            });
  }

  /** What is said of work that the disk has no room for. */
  public static ProblemException low(String what) {
    return Problem.of(507, "disk_low", "The disk is nearly full", what)
        .hint("free some space, or lower data.min_free; queries go on meanwhile")
        .toException();
  }

  /**
   * Lets work that was taken write a temporary file.
   *
   * @throws NoRoomException if less than half of the mark would be left
   */
  public void ask(long bytes) {
    below(mark / 2, bytes)
        .ifPresent(
            what -> {
              throw new NoRoomException("no room for a temporary file: " + what);
            });
  }
}
