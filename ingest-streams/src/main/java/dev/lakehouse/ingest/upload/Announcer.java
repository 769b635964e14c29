package dev.lakehouse.ingest.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.ingest.progress.Incarnations;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.progress.Transactor;
import dev.lakehouse.ingest.read.FirstProgress;
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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces whole files, each once: the announcement and the first progress are one transaction,
 * and two uploads of the same content, dataset and options take turns, so that the second finds the
 * first.
 */
public final class Announcer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

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
    IngestProgress first = FirstProgress.of(file);
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
        IngestProgress.newBuilder(FirstProgress.of(file)).setReplaces(replaces).build();
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
      if (store.find(sha256).isEmpty()) {
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

  /**
   * Announces that a file is to be read again.
   *
   * @param former the ingest whose file it is
   * @param onDuplicate whether the rows of the former one, of what has replaced it, and of the same
   *     file read the same way leave once all of this one's are there
   * @return the ingests that it replaces
   * @throws ProblemException 503 if the broker does not answer
   */
  synchronized List<String> announceAgain(
      FileArrived file, String former, OnDuplicate onDuplicate) {
    ready();
    IngestProgress first = FirstProgress.of(file);
    Set<String> replaced = new LinkedHashSet<>();
    if (onDuplicate == OnDuplicate.REPLACE) {
      replaced.add(former);
      List<IngestProgress> readings =
          log.files(file.getSha256()).stream().filter(Announcer::counts).toList();
      readings.stream()
          .filter(had -> isSame(had, first))
          .forEach(had -> replaced.add(had.getIngestId()));
      while (replaced.addAll(
          readings.stream()
              .filter(had -> had.getReplaces().stream().anyMatch(replaced::contains))
              .map(IngestProgress::getIngestId)
              .toList())) {
        LOG.debug("{} replaces {}", file.getIngestId(), replaced);
      }
      Set<String> counting = new HashSet<>();
      readings.forEach(had -> counting.add(had.getIngestId()));
      replaced.retainAll(counting);
    }
    announceAnyway(file, List.copyOf(replaced));
    return List.copyOf(replaced);
  }

  private static boolean counts(IngestProgress progress) {
    return progress.getState() != IngestState.REJECTED
        && progress.getState() != IngestState.FAILED
        && progress.getUndoAskedAt() == null;
  }

  private boolean isSame(IngestProgress had, IngestProgress comes) {
    return counts(had)
        && incarnations.dataset(had).equals(Optional.of(comes.getDataset()))
        && options(had).equals(options(comes));
  }

  /** What was said of how to read the file. */
  static Map<String, String> options(IngestProgress progress) {
    Map<String, String> options = new TreeMap<>();
    String dialect = progress.getDialect();
    if (dialect != null) {
      try {
        LakehouseServer.json()
            .readTree(dialect)
            .path("options")
            .properties()
            .forEach(option -> options.put(option.getKey(), option.getValue().asText()));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a plan of ours is not JSON: " + dialect, e);
      }
    }
    return options;
  }

  /** Records an upload that was cut off, so that it can be seen; nothing else is left of it. */
  public synchronized void recordCutOff(FileArrived partial, Problem problem) {
    try {
      IngestProgress failed =
          IngestProgress.newBuilder(FirstProgress.of(partial))
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
