package dev.lakehouse.ingest.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.progress.Transactor;
import dev.lakehouse.schemas.event.DatasetChange;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.kafka.KafkaClients;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;

/** Ends the ingests of a dataset that is no more. For one thread. */
final class IngestEnd implements AutoCloseable {
  private final ChangeLog changes;
  private final ProgressLog log;
  private final Clock clock;
  private final Transactor transactor;

  IngestEnd(KafkaClients clients, ChangeLog changes, ProgressLog log, Clock clock) {
    this.changes = changes;
    this.log = log;
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
  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a send does
  void all(DatasetChange change, Problem why) {
    try {
      KafkaProducer<byte[], byte[]> producer = transactor.producer();
      List<IngestProgress> over =
          log.files()
              .filter(
                  progress -> !ProgressLog.isOver(progress) && changes.concerns(change, progress))
              .map(progress -> failed(progress, why))
              .toList();
      if (over.isEmpty()) {
        return;
      }
      producer.beginTransaction();
      over.forEach(progress -> producer.send(log.record(progress)));
      producer.commitTransaction();
      over.forEach(log::put);
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
