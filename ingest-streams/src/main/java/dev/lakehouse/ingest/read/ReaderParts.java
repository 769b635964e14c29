package dev.lakehouse.ingest.read;

import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.schema.DatasetGate;
import dev.lakehouse.ingest.schema.Datasets;
import dev.lakehouse.schemas.event.DocumentText;
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
 * @param transaction how long one transaction lasts
 * @param stopping whether readers are to stop
 * @param onCommit told of each progress that was committed
 */
public record ReaderParts(
    KafkaClients clients,
    Datasets datasets,
    DatasetGate gate,
    FilePlanner planner,
    ProgressLog log,
    AvroSerde<FileArrived> files,
    AvroSerde<Quarantined> quarantine,
    AvroSerde<DocumentText> documents,
    Duration transaction,
    Clock clock,
    BooleanSupplier stopping,
    Consumer<IngestProgress> onCommit) {

  void committed(IngestProgress progress) {
    log.put(progress);
    onCommit.accept(progress);
  }
}
