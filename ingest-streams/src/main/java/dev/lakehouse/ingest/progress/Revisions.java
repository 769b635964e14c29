package dev.lakehouse.ingest.progress;

import dev.lakehouse.schemas.event.IngestKind;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.kafka.KafkaClients;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Changes ingests that are over: undoes them, replays what was quarantined. Changes take turns, and
 * each is one transaction, so that what a change finds is true until it is committed; another
 * process that changes ingests fences this one first. Safe for use by many threads.
 */
public final class Revisions implements AutoCloseable {
  /** Fences what a killed process left. */
  public static final String TRANSACTIONAL_ID = "lakehouse-revisions";

  private static final Map<String, Object> PRODUCER =
      Map.of(
          "linger.ms", 0,
          "batch.size", 256 << 10,
          "max.request.size", 4 << 20,
          "max.block.ms", 15_000,
          "request.timeout.ms", 5_000,
          "delivery.timeout.ms", 15_000);

  private final ProgressLog log;
  private final Transactor transactor;

  public Revisions(KafkaClients clients, ProgressLog log) {
    this.log = log;
    this.transactor = new Transactor(clients, log, TRANSACTIONAL_ID, PRODUCER);
  }

  /** What is done in one turn. */
  public interface Work<T> {
    T in(Turn turn);
  }

  /** One turn; a transaction begins with the first record. */
  public final class Turn {
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<IngestProgress, Future<RecordMetadata>> revised = new LinkedHashMap<>();
    private final List<Runnable> after = new ArrayList<>();
    private boolean begun;
    private boolean current;

    private Turn(KafkaProducer<byte[], byte[]> producer) {
      this.producer = producer;
    }

    /** The ingest as it is, with all that is known of it; empty if there is none. */
    public Optional<IngestProgress> find(String ingestId) {
      if (!current) {
        log.awaitCurrent();
        current = true;
      }
      return log.whole(ingestId);
    }

    /** Writes a record, which counts once the turn is over. */
    public Future<RecordMetadata> write(
        ProducerRecord<byte[], byte[]> record, @Nullable Callback answered) {
      if (!begun) {
        producer.beginTransaction();
        begun = true;
      }
      return producer.send(record, answered);
    }

    /** Returns once it is known of each record where it is. */
    public void flush() {
      producer.flush();
    }

    /** Writes down what has become of an ingest. */
    public void revise(IngestProgress progress) {
      revised.put(progress, write(log.record(progress), null));
    }

    /** What to do once all of it is committed. */
    public void then(Runnable work) {
      after.add(work);
    }

    private void commit() {
      if (begun) {
        producer.commitTransaction();
      }
      revised.forEach(this::known);
      after.forEach(Runnable::run);
    }

    private void known(IngestProgress progress, Future<RecordMetadata> written) {
      if (progress.getKind() == IngestKind.FILE) {
        log.put(progress);
        return;
      }
      try {
        RecordMetadata at = written.get();
        log.putAnswer(progress, at.partition(), at.offset());
      } catch (ExecutionException e) {
        throw new KafkaException("a progress could not be written", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new KafkaException("interrupted while writing a progress", e);
      }
    }
  }

  /**
   * Does the work in a turn of its own; all that it writes counts, or nothing if it throws.
   *
   * @throws KafkaException if it is not known whether it was committed; the next turn decides that
   */
  public synchronized <T> T inTurn(Work<T> work) {
    try {
      Turn turn = new Turn(transactor.producer());
      T result = work.in(turn);
      turn.commit();
      return result;
    } catch (RuntimeException e) {
      transactor.discard();
      throw e;
    }
  }

  /** Does something during which no ingest is changed. */
  public synchronized void alone(Runnable work) {
    work.run();
  }

  @Override
  public synchronized void close() {
    transactor.close();
  }
}
