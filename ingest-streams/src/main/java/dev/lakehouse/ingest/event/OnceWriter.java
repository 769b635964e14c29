package dev.lakehouse.ingest.event;

import dev.lakehouse.ingest.event.EventBatch.Outgoing;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.progress.Transactor;
import dev.lakehouse.ingest.read.EndOffsets;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.kafka.KafkaClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Writes events and the answer about them in one transaction, so that either both are there or
 * neither; for requests with an idempotency key.
 */
public final class OnceWriter implements AutoCloseable {
  private static final int WRITERS = 4;
  private static final long PATIENCE_SECONDS = 30;

  private static final Map<String, Object> PRODUCER =
      Map.of(
          "linger.ms", 0,
          "batch.size", 64 << 10,
          "max.request.size", 4 << 20,
          "max.block.ms", 15_000,
          "request.timeout.ms", 5_000,
          "delivery.timeout.ms", 15_000);

  private final ProgressLog log;
  private final BlockingQueue<Transactor> free = new LinkedBlockingQueue<>();
  private volatile boolean doubt;

  public OnceWriter(KafkaClients clients, ProgressLog log) {
    this.log = log;
    transactionalIds().forEach(id -> free.add(new Transactor(clients, log, id, PRODUCER)));
  }

  /** The transactional ids of its writers; fencing them decides what a killed process left open. */
  public static Stream<String> transactionalIds() {
    return IntStream.range(0, WRITERS).mapToObj(i -> "lakehouse-events-" + i);
  }

  /**
   * Writes the events and their progress.
   *
   * @param progress makes the progress out of results and end offsets
   * @return the progress, committed
   * @throws KafkaException if it is not known whether the transaction was committed; {@link
   *     ProgressLog#awaitCurrent} and a look at the log tell once the next one has begun
   */
  IngestProgress write(
      List<Outgoing> events,
      BiFunction<List<EventResult>, Map<String, Long>, IngestProgress> progress) {
    Transactor writer = take();
    try {
      return transaction(writer.producer(), events, progress);
    } catch (RuntimeException e) {
      doubt = true;
      writer.discard();
      throw e;
    } finally {
      free.add(writer);
    }
  }

  private Transactor take() {
    try {
      Transactor writer = free.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (writer == null) {
        throw new KafkaException("all writers are busy");
      }
      return writer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while waiting for a writer", e);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a send does
  private IngestProgress transaction(
      KafkaProducer<byte[], byte[]> producer,
      List<Outgoing> events,
      BiFunction<List<EventResult>, Map<String, Long>, IngestProgress> progress) {
    producer.beginTransaction();
    EndOffsets ends = new EndOffsets(Map.of());
    List<Future<RecordMetadata>> sent = new ArrayList<>(events.size());
    for (Outgoing event : events) {
      if (event instanceof Outgoing.Send send) {
        sent.add(producer.send(send.record(), ends));
      }
    }
    producer.flush();
    IngestProgress answer = progress.apply(results(events, sent), ends.reached());
    Future<RecordMetadata> written = producer.send(log.record(answer));
    producer.commitTransaction();
    RecordMetadata at = at(written);
    log.putAnswer(answer, at.partition(), at.offset());
    return answer;
  }

  private static List<EventResult> results(
      List<Outgoing> events, List<Future<RecordMetadata>> sent) {
    List<EventResult> results = new ArrayList<>(events.size());
    int next = 0;
    for (Outgoing event : events) {
      if (event instanceof Outgoing.Refuse refuse) {
        results.add(refuse.result());
      } else {
        results.add(acknowledged(sent.get(next++)));
      }
    }
    return results;
  }

  private static EventResult acknowledged(Future<RecordMetadata> sent) {
    RecordMetadata at = at(sent);
    return EventResult.accepted(at.partition(), at.offset());
  }

  private static RecordMetadata at(Future<RecordMetadata> sent) {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      throw new KafkaException("an event could not be written", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while writing events", e);
    }
  }

  /** Like {@link #settle}, where something is in doubt. */
  void settleDoubt() {
    if (doubt) {
      settle();
    }
  }

  /** Decides whatever the writers left in doubt, so that the log tells what was committed. */
  synchronized void settle() {
    List<Transactor> taken = new ArrayList<>();
    try {
      for (int i = 0; i < WRITERS; i++) {
        taken.add(take());
      }
      taken.forEach(Transactor::producer);
      doubt = false;
    } catch (RuntimeException e) {
      taken.forEach(Transactor::discard);
      throw e;
    } finally {
      free.addAll(taken);
    }
  }

  @Override
  public void close() {
    free.forEach(Transactor::close);
  }
}
