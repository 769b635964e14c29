package dev.lakehouse.jobs.land;

import dev.lakehouse.schemas.event.QuarantineStage;
import dev.lakehouse.schemas.event.Quarantined;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One dataset's way to quarantine. */
final class Rejects {
  private final Source source;
  private final Quarantine quarantine;
  private final Clock clock;
  private final List<Future<?>> underWay = new ArrayList<>();

  Rejects(Source source, Quarantine quarantine, Clock clock) {
    this.source = source;
    this.quarantine = quarantine;
    this.clock = clock;
  }

  void add(LogRecord record, @Nullable String topicId, String code, String reason) {
    Quarantined.Builder rejected =
        Quarantined.newBuilder()
            .setDataset(source.dataset().value())
            .setIngestId(record.ingestId)
            .setStage(QuarantineStage.LANDING)
            .setRow(record.row == 0 ? null : record.row)
            .setTopic(record.topic)
            .setTopicId(topicId)
            .setPartition(record.partition)
            .setOffset(record.offset)
            .setCode(code)
            .setReason(reason)
            .setQuarantinedAt(clock.instant());
    byte[] raw = record.value == null ? record.key : record.value;
    if (raw != null) {
      rejected.setRaw(ByteBuffer.wrap(raw));
    }
    underWay.add(quarantine.add(rejected.build()));
  }

  /**
   * Returns once all that was added is kept.
   *
   * @throws IOException if something could not be
   */
  void flush() throws IOException {
    if (underWay.isEmpty()) {
      return;
    }
    quarantine.flush();
    for (Future<?> each : underWay) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IOException("a record could not be written to quarantine", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while writing to quarantine", e);
      }
    }
    underWay.clear();
  }
}
