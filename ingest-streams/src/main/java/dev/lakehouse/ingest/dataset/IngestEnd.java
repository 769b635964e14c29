package dev.lakehouse.ingest.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.ingest.progress.DocumentLog;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.progress.Transactor;
import dev.lakehouse.schemas.event.DatasetChange;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.kafka.KafkaClients;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Ends the ingests of a dataset that is no more. For one thread. */
final class IngestEnd implements AutoCloseable {
  private final ChangeLog changes;
  private final ProgressLog log;
  private final DocumentLog documents;
  private final Clock clock;
  private final Transactor transactor;

  IngestEnd(
      KafkaClients clients,
      ChangeLog changes,
      ProgressLog log,
      DocumentLog documents,
      Clock clock) {
    this.changes = changes;
    this.log = log;
    this.documents = documents;
    this.clock = clock;
    this.transactor =
        new Transactor(clients, log, DatasetService.TRANSACTIONAL_ID, Map.of("linger.ms", 0));
  }

  /** How many ingests of the dataset are not read to their end. */
  long unread(DatasetChange change) {
    return log.files()
        .filter(progress -> !ProgressLog.isOver(progress) && changes.concerns(change, progress))
        .count();
  }

  /**
   * Writes down that none of them will be read.
   *
   * @throws KafkaException if the broker does not answer: asking again is safe
   */
  void all(DatasetChange change, Problem why) {
    List<IngestProgress> over = new ArrayList<>();
    write(
        () -> {
          log.files()
              .filter(progress -> !ProgressLog.isOver(progress))
              .filter(progress -> changes.concerns(change, progress))
              .forEach(progress -> over.add(failed(progress, why)));
          return over.stream().map(log::record).toList();
        });
    over.forEach(log::put);
  }

  /**
   * Takes the texts of all of them out of {@code documents}.
   *
   * @throws KafkaException if the broker does not answer: asking again is safe
   */
  void removeTexts(DatasetChange change) {
    write(
        () ->
            log.files()
                .filter(progress -> progress.getUndoneAt() == null)
                .filter(progress -> changes.concerns(change, progress))
                .map(progress -> documents.removal(DocumentLog.Reading.of(progress)))
                .toList());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a send does
  private void write(Supplier<List<ProducerRecord<byte[], byte[]>>> wanted) {
    try {
      KafkaProducer<byte[], byte[]> producer = transactor.producer();
      List<ProducerRecord<byte[], byte[]>> records = wanted.get();
      if (records.isEmpty()) {
        return;
      }
      producer.beginTransaction();
      records.forEach(producer::send);
      producer.commitTransaction();
    } catch (KafkaException e) {
      transactor.discard();
      throw e;
    }
  }

  private IngestProgress failed(IngestProgress progress, Problem why) {
    try {
      return IngestProgress.newBuilder(progress)
          .setState(IngestState.FAILED)
          .setError(LakehouseServer.json().writeValueAsString(why))
          .setUpdatedAt(clock.instant())
          .build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem can be written as JSON", e);
    }
  }

  @Override
  public void close() {
    transactor.close();
  }
}
