package dev.lakehouse.ingest.store;

import dev.lakehouse.schemas.config.DataConfig;
import dev.lakehouse.schemas.http.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Refuses new work while the disk has less free space than its mark; reading goes on. */
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

  /** The mark of the disk that the data directory is on. */
  public static DiskMark of(DataConfig config) {
    Path existing = config.path();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      FileStore disk = Files.getFileStore(existing);
      return new DiskMark(() -> usable(disk), config.minFreeBytes());
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

  /** What is wrong with the disk, or empty if nothing is. */
  public Optional<String> trouble() {
    return trouble(0);
  }

  private Optional<String> trouble(long coming) {
    long left = free.getAsLong() - coming;
    return left >= mark
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%.2f GiB would be free, below the mark of %.2f GiB",
                left / GIB,
                mark / GIB));
  }

  /**
   * Lets new work pass.
   *
   * @param coming bytes that the work brings, as far as is known
   * @throws dev.lakehouse.schemas.http.ProblemException 507 if too little space is left for it
   */
  public void admit(long coming) {
    trouble(coming)
        .ifPresent(
            what -> {
              throw Problem.of(507, "disk_low", "The disk is nearly full", what)
                  .hint("free some space, or lower data.min_free; queries go on meanwhile")
                  .toException();
            });
  }
}
