package dev.lakehouse.ingest.undo;

import dev.lakehouse.ingest.progress.Landing;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.progress.Transactor;
import dev.lakehouse.ingest.schema.DatasetGate;
import dev.lakehouse.ingest.schema.Datasets;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Undoes ingests: writes down first that it is to be done, so that it is done whatever happens to
 * this process; waits until none of the ingest's rows can come into the table any more; takes them
 * out; writes down that it is done. An ingest that replaces others has them undone once all of its
 * rows are in the table. Safe for use by many threads.
 */
public final class Undoer implements AutoCloseable {
  /** Fences what a killed process left. */
  public static final String TRANSACTIONAL_ID = "lakehouse-undo";

  private static final Logger LOG = LoggerFactory.getLogger(Undoer.class);
  private static final long LOOK_MS = 100;

  private final ProgressLog log;
  private final LakeCatalog catalog;
  private final Datasets datasets;
  private final Landing landing;
  private final DatasetGate gate;
  private final Clock clock;
  private final Transactor transactor;
  private final Set<String> pending = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "undo");
            thread.setDaemon(true);
            return thread;
          });

  public Undoer(
      KafkaClients clients,
      ProgressLog log,
      LakeCatalog catalog,
      Datasets datasets,
      Landing landing,
      DatasetGate gate,
      Clock clock) {
    this.gate = gate;
    this.log = log;
    this.catalog = catalog;
    this.datasets = datasets;
    this.landing = landing;
    this.clock = clock;
    this.transactor = new Transactor(clients, log, TRANSACTIONAL_ID, Map.of("linger.ms", 0));
  }

  /** Goes on with what was begun before this process, and begins to work. */
  public Undoer begin() {
    log.files().forEach(this::watch);
    var unused = looks.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    return this;
  }

  /** Takes note of a progress that was just committed. */
  public void watch(IngestProgress progress) {
    if (isAsked(progress) || isToReplace(progress)) {
      pending.add(progress.getIngestId());
    }
  }

  private static boolean isAsked(IngestProgress progress) {
    return progress.getUndoAskedAt() != null && progress.getUndoneAt() == null;
  }

  private static boolean isToReplace(IngestProgress progress) {
    return !progress.getReplaces().isEmpty()
        && progress.getUndoAskedAt() == null
        && progress.getState() != IngestState.REJECTED
        && progress.getState() != IngestState.FAILED;
  }

  /**
   * Writes down that an ingest of a file is to be undone; from then on it counts for nothing.
   *
   * @param ingestId of one that is over
   * @throws KafkaException if the broker does not answer: ask again
   */
  public void ask(String ingestId) {
    change(
        ingestId,
        had ->
            had.getUndoAskedAt() == null && ProgressLog.isOver(had)
                ? Optional.of(
                    IngestProgress.newBuilder(had)
                        .setUndoAskedAt(clock.instant())
                        .setUpdatedAt(clock.instant())
                        .build())
                : Optional.empty());
  }

  private interface Change {
    Optional<IngestProgress> of(IngestProgress had);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if the send does
  private synchronized void change(String ingestId, Change change) {
    try {
      KafkaProducer<byte[], byte[]> producer = transactor.producer();
      Optional<IngestProgress> changed = log.find(ingestId).flatMap(change::of);
      if (changed.isPresent()) {
        producer.beginTransaction();
        producer.send(log.record(changed.get()));
        producer.commitTransaction();
        log.put(changed.get());
        watch(changed.get());
      }
    } catch (KafkaException e) {
      transactor.discard();
      throw e;
    }
  }

  private void look() {
    for (String ingestId : List.copyOf(pending)) {
      try {
        Optional<IngestProgress> progress = log.find(ingestId);
        if (progress.isEmpty() || !goOn(progress.get())) {
          pending.remove(ingestId);
        }
      } catch (IOException | RuntimeException e) {
        LOG.warn("ingest {} cannot be undone yet; trying again", ingestId, e);
      }
    }
  }

  /** Whether there is more to do. */
  private boolean goOn(IngestProgress progress) throws IOException {
    if (isAsked(progress)) {
      return !undoWhenSettled(progress);
    }
    if (!isToReplace(progress)) {
      return false;
    }
    if (progress.getState() != IngestState.READ || !landing.hasAll(progress)) {
      return true;
    }
    progress.getReplaces().forEach(this::ask);
    return false;
  }

  /** Whether it is done; a dataset that is being changed comes first. */
  private boolean undoWhenSettled(IngestProgress progress) throws IOException {
    Optional<DatasetGate.Pass> pass = gate.tryEnter(landing.dataset(progress));
    if (pass.isEmpty()) {
      return false;
    }
    try (DatasetGate.Pass held = pass.get()) {
      return isSettled(progress) && undo(progress);
    }
  }

  private boolean undo(IngestProgress progress) throws IOException {
    Optional<Table> table = catalog.table(landing.dataset(progress));
    if (table.isPresent()) {
      new RowsOfIngest(table.get(), progress.getIngestId()).remove();
    }
    change(
        progress.getIngestId(),
        had ->
            Optional.of(
                IngestProgress.newBuilder(had)
                    .setUndoneAt(clock.instant())
                    .setUpdatedAt(clock.instant())
                    .build()));
    LOG.info("ingest {} of {} is undone", progress.getIngestId(), progress.getDataset());
    return true;
  }

  /** Whether none of its rows can come into the table any more. */
  private boolean isSettled(IngestProgress progress) {
    String topicId = progress.getTopicId();
    return landing.hasAll(progress)
        || !datasets
            .describe(datasets.topic(new DatasetName(progress.getDataset())))
            .map(topic -> topic.topicId().toString())
            .equals(Optional.ofNullable(topicId));
  }

  @Override
  public void close() throws InterruptedException {
    looks.shutdownNow();
    looks.awaitTermination(10, TimeUnit.SECONDS);
    transactor.close();
  }
}
