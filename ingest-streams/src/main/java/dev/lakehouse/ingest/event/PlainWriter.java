package dev.lakehouse.ingest.event;

import dev.lakehouse.ingest.event.EventBatch.Outgoing;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.kafka.KafkaClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Writes events at once and waits for the broker's acknowledgement; for requests without a key. */
final class PlainWriter implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;

  PlainWriter(KafkaClients clients) {
    this.producer =
        clients.producer(
            Map.of(
                "linger.ms", 0,
                "batch.size", 64 << 10,
                "max.request.size", 4 << 20,
                "max.block.ms", 10_000,
                "request.timeout.ms", 5_000,
                "delivery.timeout.ms", 15_000));
  }

  /**
   * What became of each.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException 503 if the broker took none of them
   */
  List<EventResult> write(List<Outgoing> events) {
    List<Future<RecordMetadata>> sent = new ArrayList<>(events.size());
    for (Outgoing event : events) {
      sent.add(
          event instanceof Outgoing.Send send
              ? send(send)
              : CompletableFuture.failedFuture(new IllegalStateException("refused")));
    }
    List<EventResult> results = new ArrayList<>(events.size());
    boolean any = false;
    boolean tried = false;
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof Outgoing.Refuse refuse) {
        results.add(refuse.result());
      } else {
        EventResult result = await(sent.get(i));
        tried = true;
        any |= result.isAccepted() || "too_large".equals(result.code());
        results.add(result);
      }
    }
    if (tried && !any) {
      throw unavailable("no event was acknowledged");
    }
    return results;
  }

  private Future<RecordMetadata> send(Outgoing.Send send) {
    try {
      return producer.send(send.record());
    } catch (KafkaException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static EventResult await(Future<RecordMetadata> sent) {
    try {
      RecordMetadata at = sent.get();
      return EventResult.accepted(at.partition(), at.offset());
    } catch (ExecutionException e) {
      return e.getCause() instanceof RecordTooLargeException
          ? EventResult.rejected("too_large", "the broker takes no record of this size")
          : EventResult.rejected(
              "not_acknowledged", "the broker did not acknowledge it; it may be there or not");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return EventResult.rejected("not_acknowledged", "the server stops");
    }
  }

  /** What is said when the broker does not answer. */
  static dev.lakehouse.schemas.http.ProblemException unavailable(String what) {
    return Problem.of(503, "broker_unavailable", "The broker does not answer", what)
        .hint("send the request again in a moment, with an Idempotency-Key so that nothing doubles")
        .toException();
  }

  @Override
  public void close() {
    producer.close();
  }
}
