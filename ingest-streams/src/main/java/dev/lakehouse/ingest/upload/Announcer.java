package dev.lakehouse.ingest.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.ingest.progress.Incarnations;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.progress.Transactor;
import dev.lakehouse.ingest.read.ReaderWorker;
import dev.lakehouse.ingest.schema.DatasetGate;
import dev.lakehouse.ingest.store.ObjectStore;
import dev.lakehouse.schemas.event.FileArrived;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.topic.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
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

  /** Uploads take turns, so none may wait long for a broker that is away. */
  private static final Map<String, Object> PRODUCER =
      Map.of(
          "linger.ms", 0,
          "max.request.size", 4 << 20,
          "max.block.ms", 15_000,
          "request.timeout.ms", 5_000,
          "delivery.timeout.ms", 15_000);

  private final ProgressLog log;
  private final AvroSerde<FileArrived> files;
  private final Transactor transactor;
  private final Consumer<IngestProgress> onAnnounced;
  private final Incarnations incarnations;
  private final DatasetGate gate;
  private final ObjectStore store;

  /**
   * @param onAnnounced told of each file that was announced
   */
  public Announcer(
      KafkaClients clients,
      ProgressLog log,
      AvroSerde<FileArrived> files,
      Incarnations incarnations,
      DatasetGate gate,
      ObjectStore store,
      Consumer<IngestProgress> onAnnounced) {
    this.incarnations = incarnations;
    this.gate = gate;
    this.store = store;
    this.onAnnounced = onAnnounced;
    this.log = log;
    this.files = files;
    this.transactor = new Transactor(clients, log, TRANSACTIONAL_ID, PRODUCER);
  }

  /**
   * Announces the file, unless the same was announced before and counts.
   *
   * @return the earlier ingest of the same, if there is one and it is not to be added to
   * @throws ProblemException 409 while the dataset is being changed, 503 if the broker does not
   *     answer or the bytes have gone since
   */
  public synchronized Optional<IngestProgress> announce(FileArrived file, OnDuplicate onDuplicate) {
    ready();
    IngestProgress first = ReaderWorker.received(file);
    List<IngestProgress> same =
        log.files(first.getSha256()).stream().filter(had -> isSame(had, first)).toList();
    if (!same.isEmpty() && onDuplicate == OnDuplicate.SKIP) {
      return Optional.of(same.get(0));
    }
    announceAnyway(
        file,
        onDuplicate == OnDuplicate.REPLACE
            ? same.stream().map(IngestProgress::getIngestId).toList()
            : List.of());
    return Optional.empty();
  }

  /**
   * Announces the file whatever was announced before.
   *
   * @param replaces ingests whose rows are to leave once all of this one's are in the table
   * @throws ProblemException 503 if the broker does not answer
   */
  public synchronized void announceAnyway(FileArrived file, List<String> replaces) {
    IngestProgress received =
        IngestProgress.newBuilder(ReaderWorker.received(file)).setReplaces(replaces).build();
    try (DatasetGate.Pass held = gate.enter(new DatasetName(file.getDataset()))) {
      requireObject(file.getSha256());
      write(
          List.of(
              new ProducerRecord<>(
                  Topics.FILES.name(), file.getSha256().getBytes(UTF_8), files.write(file)),
              log.record(received)));
      log.put(received);
    }
    onAnnounced.accept(received);
  }

  /** Its last dataset may have been deleted, and it with that, while the upload came in. */
  private void requireObject(String sha256) {
    try {
      if (!store.has(sha256)) {
        throw Problem.of(
                503,
                "object_gone",
                "The file's bytes are gone",
                "they were deleted with another dataset while this file arrived")
            .hint("send the file again")
            .toException();
      }
    } catch (IOException e) {
      throw Problem.of(
              503,
              "store_unavailable",
              "The object store does not answer",
              String.valueOf(e.getMessage()))
          .hint("send the file again in a moment")
          .toException();
    }
  }

  /**
   * Deletes the bytes of a file that nobody uses any more; none is announced meanwhile.
   *
   * @param isUsed told of each ingest of these bytes
   * @return whether nobody used them
   */
  public synchronized boolean forget(String sha256, Predicate<IngestProgress> isUsed)
      throws IOException {
    if (log.files(sha256).stream().anyMatch(isUsed)) {
      return false;
    }
    store.delete(sha256);
    return true;
  }

  private boolean isSame(IngestProgress had, IngestProgress comes) {
    return incarnations.dataset(had).equals(Optional.of(comes.getDataset()))
        && had.getState() != IngestState.REJECTED
        && had.getState() != IngestState.FAILED
        && had.getUndoAskedAt() == null
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
