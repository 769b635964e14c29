package dev.lakehouse.ingest.undo;

import dev.lakehouse.ingest.progress.DocumentLog;
import dev.lakehouse.ingest.progress.Landing;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.progress.Revisions;
import dev.lakehouse.ingest.schema.DatasetGate;
import dev.lakehouse.ingest.schema.Datasets;
import dev.lakehouse.schemas.event.IngestKind;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.kafka.LogEnds;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Undoes ingests: writes down first that it is to be done, so that it is done whatever happens to
 * this process; waits until none of the ingest's rows can come into the table any more; takes them
 * out; writes down that it is done, and tells it on the topic {@code documents} with the same
 * transaction. An ingest that replaces others has them undone once all of its rows are in the
 * table. Safe for use by many threads.
 */
public final class Undoer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Undoer.class);
  private static final long LOOK_MS = 100;

  private final Revisions revisions;
  private final ProgressLog log;
  private final LakeCatalog catalog;
  private final Datasets datasets;
  private final Landing landing;
  private final DatasetGate gate;
  private final LogEnds ends;
  private final DocumentLog documents;
  private final Clock clock;
  private final Set<String> pending = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "undo");
            thread.setDaemon(true);
            return thread;
          });

  public Undoer(
      Revisions revisions,
      ProgressLog log,
      LakeCatalog catalog,
      Datasets datasets,
      Landing landing,
      DatasetGate gate,
      KafkaClients clients,
      DocumentLog documents,
      Clock clock) {
    this.revisions = revisions;
    this.gate = gate;
    this.log = log;
    this.catalog = catalog;
    this.datasets = datasets;
    this.landing = landing;
    this.ends = new LogEnds(clients);
    this.documents = documents;
    this.clock = clock;
  }

  /** Goes on with what was begun before this process, and begins to work. */
  public Undoer begin() {
    log.files().forEach(this::watch);
    pending.addAll(log.undoingAnswers());
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
   * Writes down that an ingest is to be undone; from then on it counts for nothing.
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

  /**
   * Writes down that rows are to leave whose ingest nobody knows, as that of events without a key:
   * all that are on the dataset's topic by now.
   *
   * @return false if there is no such dataset
   * @throws dev.lakehouse.schemas.http.ProblemException 409 if its rows are a query's
   * @throws KafkaException if the broker does not answer: ask again
   */
  public boolean askUnknown(String ingestId, DatasetName dataset) {
    gate.refuseDerived(dataset);
    String topic = datasets.topic(dataset);
    Optional<TopicDescription> described = datasets.describe(topic);
    if (described.isEmpty()) {
      return false;
    }
    Map<String, Long> reached = ends.of(topic);
    Instant now = clock.instant();
    IngestProgress intent =
        IngestProgress.newBuilder()
            .setIngestId(ingestId)
            .setDataset(dataset.value())
            .setName("")
            .setKind(IngestKind.EVENTS)
            .setState(IngestState.READ)
            .setSha256("")
            .setBytes(0)
            .setRowsRead(0)
            .setRowsQuarantined(0)
            .setTopicId(described.get().topicId().toString())
            .setEndOffsets(reached)
            .setUndoAskedAt(now)
            .setStartedAt(now)
            .setUpdatedAt(now)
            .build();
    revisions.inTurn(
        turn -> {
          if (turn.find(ingestId).isEmpty()) {
            turn.revise(intent);
            turn.then(() -> watch(intent));
          }
          return true;
        });
    return true;
  }

  private interface Change {
    Optional<IngestProgress> of(IngestProgress had);
  }

  private void change(String ingestId, Change change) {
    revisions.inTurn(
        turn -> {
          Optional<IngestProgress> changed = turn.find(ingestId).flatMap(change::of);
          changed.ifPresent(
              progress -> {
                if (progress.getUndoneAt() != null && progress.getKind() == IngestKind.FILE) {
                  var unused =
                      turn.write(documents.removal(DocumentLog.Reading.of(progress)), null);
                }
                turn.revise(progress);
                turn.then(() -> watch(progress));
              });
          return changed.isPresent();
        });
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
      if (!isSettled(progress)) {
        return false;
      }
      undo(progress);
      return true;
    }
  }

  private void undo(IngestProgress progress) throws IOException {
    Optional<Table> table = catalog.table(landing.dataset(progress));
    long uncounted = 0;
    if (table.isPresent()) {
      RowsOfIngest rows = new RowsOfIngest(table.get(), progress.getIngestId());
      if (isCounted(progress)) {
        rows.remove();
      } else {
        uncounted = rows.countAndRemove() + landing.refused(progress.getIngestId());
      }
    }
    long rows = isCounted(progress) ? progress.getRowsRead() : uncounted;
    change(
        progress.getIngestId(),
        had ->
            had.getUndoneAt() != null
                ? Optional.empty()
                : Optional.of(
                    IngestProgress.newBuilder(had)
                        .setRowsRead(rows)
                        .setUndoneAt(clock.instant())
                        .setUpdatedAt(clock.instant())
                        .build()));
    LOG.info("ingest {} of {} is undone", progress.getIngestId(), progress.getDataset());
  }

  /** Of events without a key nobody wrote down how many there are. */
  private static boolean isCounted(IngestProgress progress) {
    return progress.getKind() == IngestKind.FILE || progress.getRequestSha256() != null;
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
  }
}
