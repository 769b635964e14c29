package dev.lakehouse.ingest;

import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Counts what the readers commit. */
final class ReadCounters implements Consumer<IngestProgress> {
  private final MeterRegistry meters;
  private final Counter rows;
  private final Counter quarantined;
  private final Map<String, IngestProgress> counted = new ConcurrentHashMap<>();

  ReadCounters(MeterRegistry meters) {
    this.meters = meters;
    this.rows = meters.counter("lakehouse.ingest.rows.read");
    this.quarantined = meters.counter("lakehouse.ingest.rows.quarantined");
  }

  @Override
  public void accept(IngestProgress progress) {
    IngestProgress before = counted.put(progress.getIngestId(), progress);
    rows.increment((double) (progress.getRowsRead() - (before == null ? 0 : before.getRowsRead())));
    quarantined.increment(
        (double)
            (progress.getRowsQuarantined() - (before == null ? 0 : before.getRowsQuarantined())));
    if (progress.getState() != IngestState.READING) {
      counted.remove(progress.getIngestId());
      meters
          .counter(
              "lakehouse.ingest.files",
              "outcome",
              progress.getState().name().toLowerCase(java.util.Locale.ROOT))
          .increment();
    }
  }
}
