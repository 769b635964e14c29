package dev.lakehouse.ingest.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.progress.Transactor;
import dev.lakehouse.ingest.read.FilePlanner.Planned;
import dev.lakehouse.ingest.schema.DatasetGate;
import dev.lakehouse.ingest.scratch.NoRoomException;
import dev.lakehouse.ingest.store.StoreUnavailableException;
import dev.lakehouse.schemas.event.FileArrived;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.RegistryException;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One reader: takes an announced file and reads it until it is over, then the next. It works only
 * while it has its turn, so that a small file is soon done beside large ones. Whoever opens its
 * transactional id fences it; then it stops, and so do all others of this process. Where only its
 * transaction took too long, because the machine slept for instance, it goes on.
 */
final class ReaderWorker implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ReaderWorker.class);
  private static final ObjectMapper JSON = LakehouseServer.json();
  private static final String INGEST_ID = "ingestId";
  private static final int ATTEMPTS = 5;

  private final ReaderParts parts;
  private final Announcements announcements;
  private final Transactor transactor;
  private final Fencing fencing;
  private final Runnable onReplaced;
  private volatile Optional<String> stopped = Optional.empty();
  private volatile Optional<String> waiting = Optional.empty();

  /**
   * @param onReplaced run when another process has this one's transactional id
   */
  ReaderWorker(
      ReaderParts parts, Announcements announcements, Transactor transactor, Runnable onReplaced) {
    this.parts = parts;
    this.announcements = announcements;
    this.transactor = transactor;
    this.fencing = new Fencing(parts.clients(), transactor.id());
    this.onReplaced = onReplaced;
  }

  /** Why the reader no longer works, or empty while it does. */
  Optional<String> stopped() {
    return stopped;
  }

  /** Which file waits for room on the disk and why, or empty if none does. */
  Optional<String> waiting() {
    return waiting;
  }

  @Override
  public void run() {
    try {
      while (!parts.stopping().getAsBoolean()) {
        announcements.take().ifPresent(this::read);
      }
      stopped = Optional.of("stopped");
    } catch (InterruptException e) {
      stopped = Optional.of("interrupted");
    } catch (RuntimeException e) {
      LOG.error("{} stopped", transactor.id(), e);
      stopped = Optional.of(String.valueOf(e.getMessage()));
      onReplaced.run();
    } finally {
      if (stopped.isEmpty()) {
        stopped = Optional.of("it died of an error");
      }
      transactor.discard();
    }
  }

  private void read(Announced announced) {
    MDC.put(INGEST_ID, announced.file().getIngestId());
    parts.turns().take();
    try {
      if (untilOver(announced)) {
        announcements.end(announced);
      }
    } finally {
      waiting = Optional.empty();
      parts.turns().end();
      MDC.remove(INGEST_ID);
    }
  }

  /** Whether the file is over; it is not if the reader is to stop. */
  private boolean untilOver(Announced announced) {
    FileArrived file = announced.file();
    int lasting = 0;
    for (int attempt = 1; !parts.stopping().getAsBoolean(); attempt++) {
      try {
        parts.disk().await();
        if (once(announced)) {
          return true;
        }
      } catch (InterruptException e) {
        throw e;
      } catch (Refusal refusal) {
        transactor.discard();
        if (parts.stopping().getAsBoolean()) {
          return false;
        }
        LOG.warn("'{}' is refused: {}", file.getName(), refusal.getMessage());
        if (giveUp(announced, refusal)) {
          return true;
        }
      } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
        transactor.discard();
        if (parts.stopping().getAsBoolean()) {
          return false;
        }
        lasting += fencing.byTimeout(e) || !isTransient(e) ? 1 : 0;
        if (lasting >= ATTEMPTS && nothingRead(file)) {
          LOG.error("'{}' cannot be read", file.getName(), e);
          if (giveUp(announced, Refusal.failed(unreadable(e)))) {
            return true;
          }
        }
        LOG.warn("'{}' met trouble; trying again", file.getName(), e);
        waiting = noRoom(e).map(why -> "'" + file.getName() + "' waits: " + why);
      }
      pause(attempt);
    }
    return false;
  }

  private void pause(int attempt) {
    parts.turns().step();
    try {
      Pause.before(attempt);
    } finally {
      parts.turns().comeBack();
    }
  }

  /** A file of which rows are written already is never given up: sent again, they would double. */
  private boolean nothingRead(FileArrived file) {
    return parts.log().find(file.getIngestId()).map(had -> had.getRowsRead() == 0).orElse(true);
  }

  private static Problem unreadable(Throwable e) {
    return Problem.of(500, "read_failed", "The file could not be read", e.toString())
        .hint("the log has the reason under the ingest id; send the file again once it is mended");
  }

  private static boolean isTransient(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof RetriableException
          || e instanceof RegistryException.Unavailable
          || e instanceof StoreUnavailableException
          || e instanceof NoRoomException) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> noRoom(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof NoRoomException) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
    }
    return Optional.empty();
  }

  /** Whether the file was read to its end; it was not if the reader is to stop. */
  private boolean once(Announced announced) throws IOException {
    FileArrived file = announced.file();
    KafkaProducer<byte[], byte[]> writer = transactor.producer();
    if (ProgressLog.isOver(reached(file))) {
      return passBy(announced, writer);
    }
    DatasetName dataset = new DatasetName(file.getDataset());
    try (DatasetGate.Pass pass = parts.gate().enterAnnounced(dataset)) {
      IngestProgress reached = reached(file);
      return ProgressLog.isOver(reached)
          ? passBy(announced, writer)
          : read(announced, writer, reached, pass);
    } catch (ProblemException e) {
      throw Refusal.failed(e.problem());
    }
  }

  private boolean passBy(Announced announced, KafkaProducer<byte[], byte[]> writer) {
    writer.beginTransaction();
    announcements.moveOn(announced, writer);
    writer.commitTransaction();
    return true;
  }

  private boolean read(
      Announced announced,
      KafkaProducer<byte[], byte[]> writer,
      IngestProgress reached,
      DatasetGate.Pass pass)
      throws IOException {
    FileArrived file = announced.file();
    boolean resumed = reached.getAvroSchema() != null;
    LOG.info(
        "reading '{}' into {} from row {}",
        file.getName(),
        file.getDataset(),
        reached.getRowsRead() + 1);
    if (!resumed) {
      parts.log().put(IngestProgress.newBuilder(reached).setState(IngestState.READING).build());
    }
    Planned planned = resumed ? parts.planner().resume(reached) : parts.planner().plan(file);
    waiting = Optional.empty();
    FileReading reading = new FileReading(parts, writer, file, reached, planned, pass);
    try {
      boolean whole = reading.run(() -> announcements.moveOn(announced, writer));
      if (whole) {
        LOG.info("read '{}' into {}", file.getName(), file.getDataset());
      }
      return whole;
    } catch (UnreadableFileException e) {
      throw Refusal.rejected(FilePlanner.unreadable(e));
    }
  }

  private IngestProgress reached(FileArrived file) {
    return parts.log().find(file.getIngestId()).orElseGet(() -> FirstProgress.of(file));
  }

  /** Whether the refusal was committed. */
  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a send does
  private boolean giveUp(Announced announced, Refusal refusal) {
    try {
      KafkaProducer<byte[], byte[]> writer = transactor.producer();
      IngestProgress reached = reached(announced.file());
      if (ProgressLog.isOver(reached)) {
        return false;
      }
      IngestProgress over =
          IngestProgress.newBuilder(reached)
              .setState(refusal.state())
              .setError(JSON.writeValueAsString(refusal.problem()))
              .setUndoAskedAt(reached.getEndOffsets().isEmpty() ? null : parts.clock().instant())
              .setUpdatedAt(parts.clock().instant())
              .build();
      writer.beginTransaction();
      writer.send(parts.log().record(over));
      announcements.moveOn(announced, writer);
      writer.commitTransaction();
      parts.committed(over);
      return true;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem can be written as JSON", e);
    } catch (InterruptException e) {
      throw e;
    } catch (RuntimeException e) {
      transactor.discard();
      if (!fencing.byTimeout(e)) {
        LOG.warn("a refusal could not be written; trying again", e);
      }
      return false;
    }
  }
}
