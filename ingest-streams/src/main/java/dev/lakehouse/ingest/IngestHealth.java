package dev.lakehouse.ingest;

import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.read.ReaderPool;
import dev.lakehouse.ingest.store.DiskMark;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.health.ComponentHealth;
import dev.lakehouse.schemas.health.HealthCheck;
import java.util.Map;
import java.util.Optional;

/** Whether files are read and new work is taken. */
final class IngestHealth implements HealthCheck {
  private final ReaderPool readers;
  private final ProgressLog log;
  private final DiskMark disk;
  private final Optional<String> scans;

  /**
   * @param scans why scanned pages are not read, or empty if they are
   */
  IngestHealth(ReaderPool readers, ProgressLog log, DiskMark disk, Optional<String> scans) {
    this.scans = scans;
    this.readers = readers;
    this.log = log;
    this.disk = disk;
  }

  @Override
  public Map<String, ComponentHealth> check() {
    return Map.of("ingest", state());
  }

  private ComponentHealth state() {
    Optional<String> stopped = readers.stopped();
    if (stopped.isPresent()) {
      return ComponentHealth.down(stopped.get());
    }
    if (!log.isAlive()) {
      return ComponentHealth.down("the progress of ingests is no longer followed");
    }
    Optional<String> shortage = disk.shortage();
    if (shortage.isPresent()) {
      return ComponentHealth.degraded("new work is refused and readers wait: " + shortage.get());
    }
    Optional<String> low = disk.trouble();
    if (low.isPresent()) {
      return ComponentHealth.degraded("new work is refused: " + low.get());
    }
    Optional<String> noRoom = readers.waiting();
    if (noRoom.isPresent()) {
      return ComponentHealth.degraded(noRoom.get());
    }
    Map<IngestState, Long> counts = log.counts();
    long waiting = counts.getOrDefault(IngestState.RECEIVED, 0L);
    long reading = counts.getOrDefault(IngestState.READING, 0L);
    return ComponentHealth.up(
        "files: "
            + reading
            + " being read, "
            + waiting
            + " waiting"
            + scans.map(why -> "; scanned pages are only marked: " + why).orElse(""));
  }
}
