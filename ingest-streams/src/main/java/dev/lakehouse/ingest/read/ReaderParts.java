package dev.lakehouse.ingest.read;

import dev.lakehouse.ingest.progress.DocumentLog;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.schema.DatasetGate;
import dev.lakehouse.schemas.event.FileArrived;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.Quarantined;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What every reader works with.
 *
 * @param turns shared by all readers
 * @param disk has them wait while it is nearly full
 * @param transaction how long one transaction lasts
 * @param stopping whether readers are to stop
 * @param onCommit told of each progress that was committed
 */
public record ReaderParts(
    KafkaClients clients,
    DatasetGate gate,
    FilePlanner planner,
    ProgressLog log,
    AvroSerde<FileArrived> files,
    AvroSerde<Quarantined> quarantine,
    DocumentLog documents,
    Turns turns,
    DiskWait disk,
    Duration transaction,
    Clock clock,
    BooleanSupplier stopping,
    Consumer<IngestProgress> onCommit) {

  /** The same with readers that have one more reason to stop. */
  ReaderParts alsoStopping(BooleanSupplier reason) {
    return new ReaderParts(
        clients,
        gate,
        planner,
        log,
        files,
        quarantine,
        documents,
        turns,
        disk,
        transaction,
        clock,
        () -> stopping.getAsBoolean() || reason.getAsBoolean(),
        onCommit);
  }

  void committed(IngestProgress progress) {
    log.put(progress);
    onCommit.accept(progress);
  }
}
