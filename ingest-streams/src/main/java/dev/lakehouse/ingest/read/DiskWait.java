package dev.lakehouse.ingest.read;

import dev.lakehouse.ingest.store.DiskMark;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has readers wait while the disk has too little room for what they write. */
public final class DiskWait {
  private static final Logger LOG = LoggerFactory.getLogger(DiskWait.class);
  private static final long BETWEEN_LOOKS_MS = 500;

  private final DiskMark disk;
  private final Turns turns;
  private final BooleanSupplier stopping;

  public DiskWait(DiskMark disk, Turns turns, BooleanSupplier stopping) {
    this.disk = disk;
    this.turns = turns;
    this.stopping = stopping;
  }

  /** Returns once there is room, or the readers are to stop; to be called in no transaction. */
  void await() {
    if (disk.shortage().isEmpty()) {
      return;
    }
    LOG.warn("reading waits for the disk: {}", disk.shortage().orElse("there is room again"));
    turns.step();
    try {
      while (disk.shortage().isPresent() && !stopping.getAsBoolean()) {
        Thread.sleep(BETWEEN_LOOKS_MS);
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } finally {
      turns.comeBack();
    }
  }
}
