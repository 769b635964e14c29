package dev.lakehouse.jobs.land;

import dev.lakehouse.schemas.event.QuarantineStage;
import dev.lakehouse.schemas.event.Quarantined;
import java.nio.ByteBuffer;
import java.time.Clock;

/** One dataset's way to quarantine. */
final class Rejects {
  private final Source source;
  private final Quarantine quarantine;
  private final Clock clock;
  private boolean dirty;

  Rejects(Source source, Quarantine quarantine, Clock clock) {
    this.source = source;
    this.quarantine = quarantine;
    this.clock = clock;
  }

  void add(LogRecord record, String code, String reason) {
    Quarantined.Builder rejected =
        Quarantined.newBuilder()
            .setDataset(source.dataset().value())
            .setIngestId(record.ingestId)
            .setStage(QuarantineStage.LANDING)
            .setTopic(record.topic)
            .setPartition(record.partition)
            .setOffset(record.offset)
            .setCode(code)
            .setReason(reason)
            .setQuarantinedAt(clock.instant());
    if (record.value != null) {
      rejected.setRaw(ByteBuffer.wrap(record.value));
    }
    quarantine.add(rejected.build());
    dirty = true;
  }

  void flush() {
    if (dirty) {
      quarantine.flush();
      dirty = false;
    }
  }
}
