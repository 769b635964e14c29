package dev.lakehouse.ingest.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.progress.Transactor;
import dev.lakehouse.ingest.read.ReaderWorker;
import dev.lakehouse.schemas.event.FileArrived;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Announces whole files, each once: the announcement and the first progress are one transaction,
 * and two uploads of the same content, dataset and options take turns, so that the second finds the
 * first.
 */
public final class Announcer implements AutoCloseable {
  /** Fences an announcer that a killed process left. */
  public static final String TRANSACTIONAL_ID = "lakehouse-uploads";

  private final ProgressLog log;
  private final AvroSerde<FileArrived> files;
  private final Transactor transactor;

  public Announcer(KafkaClients clients, ProgressLog log, AvroSerde<FileArrived> files) {
    this.log = log;
    this.files = files;
    this.transactor =
        new Transactor(
            clients, log, TRANSACTIONAL_ID, Map.of("linger.ms", 0, "max.request.size", 4 << 20));
  }

  /**
   * Announces the file, unless the same was announced before and did not fail.
   *
   * @return the earlier ingest of the same, if there is one
   * @throws ProblemException 503 if the broker does not answer
   */
  public synchronized Optional<IngestProgress> announce(FileArrived file) {
    ready();
    IngestProgress received = ReaderWorker.received(file);
    Optional<IngestProgress> same =
        log.files(received.getSha256()).stream().filter(had -> isSame(had, received)).findFirst();
    if (same.isPresent()) {
      return same;
    }
    write(
        List.of(
            new ProducerRecord<>(
                Topics.FILES.name(), file.getSha256().getBytes(UTF_8), files.write(file)),
            log.record(received)));
    log.put(received);
    return Optional.empty();
  }

  private static boolean isSame(IngestProgress had, IngestProgress comes) {
    return had.getDataset().equals(comes.getDataset())
        && had.getState() != IngestState.REJECTED
        && had.getState() != IngestState.FAILED
        && Objects.equals(options(had), options(comes));
  }

  private static @Nullable Object options(IngestProgress progress) {
    String dialect = progress.getDialect();
    try {
      return dialect == null
          ? null
          : LakehouseServer.json().readValue(dialect, Map.class).get("options");
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Records an upload that was cut off, so that it can be seen; nothing else is left of it. */
  public synchronized void recordCutOff(FileArrived partial, Problem problem) {
    try {
      IngestProgress failed =
          IngestProgress.newBuilder(ReaderWorker.received(partial))
              .setState(IngestState.FAILED)
              .setError(LakehouseServer.json().writeValueAsString(problem))
              .build();
      write(List.of(log.record(failed)));
      log.put(failed);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem can be written as JSON", e);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a send does
  private void write(List<ProducerRecord<byte[], byte[]>> records) {
    KafkaProducer<byte[], byte[]> open = ready();
    try {
      open.beginTransaction();
      records.forEach(open::send);
      open.commitTransaction();
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  /** Decides what an earlier announcement left in doubt; only then is the log true. */
  private KafkaProducer<byte[], byte[]> ready() {
    try {
      return transactor.producer();
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  private ProblemException unavailable(KafkaException e) {
    transactor.discard();
    return Problem.of(
            503, "broker_unavailable", "The broker does not answer", String.valueOf(e.getMessage()))
        .hint("send the file again in a moment; a file that did arrive is found as a duplicate")
        .toException();
  }

  @Override
  public synchronized void close() {
    transactor.close();
  }
}
