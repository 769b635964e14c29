package dev.lakehouse.ingest.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.event.EventBatch.Outgoing;
import dev.lakehouse.ingest.progress.Incarnations;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.schema.Column;
import dev.lakehouse.ingest.schema.DatasetGate;
import dev.lakehouse.ingest.schema.Datasets;
import dev.lakehouse.ingest.schema.Datasets.Ready;
import dev.lakehouse.ingest.schema.SchemaEvolution;
import dev.lakehouse.schemas.event.IngestKind;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.RegistryException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;

/** Writes the events of requests, each request once if it says by what key it is known. */
public final class EventService implements AutoCloseable {
  /** Requests of one key take turns; so do, now and then, two of different keys. */
  private static final int LOCKS = 256;

  private static final int LONGEST_KEPT_ANSWER = 3 << 20;

  private final Datasets datasets;
  private final ProgressLog log;
  private final PlainWriter plain;
  private final OnceWriter once;
  private final DatasetGate gate;
  private final Incarnations incarnations;
  private final Clock clock;
  private final AtomicInteger turn = new AtomicInteger();
  private final List<Object> turns = IntStream.range(0, LOCKS).mapToObj(i -> new Object()).toList();

  public EventService(
      KafkaClients clients,
      Datasets datasets,
      DatasetGate gate,
      Incarnations incarnations,
      ProgressLog log,
      Clock clock) {
    this.incarnations = incarnations;
    this.gate = gate;
    this.datasets = datasets;
    this.log = log;
    this.plain = new PlainWriter(clients);
    this.once = new OnceWriter(clients, log);
    this.clock = clock;
  }

  /**
   * A request of events.
   *
   * @param contentType as the sender gave it
   * @param traceparent W3C trace context of the rows
   */
  @SuppressWarnings("ArrayRecordComponent") // requests are never compared
  record Request(
      DatasetName dataset, byte[] body, Optional<String> contentType, String traceparent) {}

  /** Writes the events, and again if the request is sent again. */
  EventAnswer write(Request request) {
    String id = UUID.randomUUID().toString();
    EventBatch batch = batch(request);
    if (!batch.hasGood()) {
      return EventAnswer.of(id, request.dataset().value(), batch.refused());
    }
    return guarded(
        request.dataset(),
        () -> {
          Ready dataset =
              fitting(request.dataset(), batch.columns())
                  .orElseGet(() -> datasets.prepare(request.dataset(), batch.columns()).dataset());
          try {
            return EventAnswer.of(
                id, request.dataset().value(), plain.write(outgoing(request, batch, dataset, id)));
          } catch (RuntimeException e) {
            datasets.forget(request.dataset());
            throw e;
          }
        });
  }

  private static EventBatch batch(Request request) {
    return new EventBatch(EventBody.parse(request.body(), request.contentType()));
  }

  /** The dataset as it is known here, if it takes the columns as they are. */
  private Optional<Ready> fitting(DatasetName dataset, List<Column> columns) {
    return datasets
        .lastPrepared(dataset)
        .filter(
            ready ->
                SchemaEvolution.evolve(
                        dataset.value(),
                        Optional.of(ready.schema()),
                        columns,
                        ready.keys().columns())
                    .schema()
                    .equals(ready.schema()));
  }

  private List<Outgoing> outgoing(
      Request request, EventBatch batch, Ready dataset, String ingestId) {
    int partition = Math.floorMod(turn.getAndIncrement(), dataset.partitions());
    return batch.records(dataset, partition, ingestId, request.traceparent(), clock.instant());
  }

  /**
   * Writes the events, unless a request of this key was answered before, whose answer is then
   * repeated.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException 422 if that request had another body
   */
  EventAnswer writeOnce(Request request, String key) {
    String digest = sha256(request.body());
    String id =
        ProgressLog.EVENTS_PREFIX
            + sha256((request.dataset().value() + "\n" + key).getBytes(UTF_8)).substring(0, 32);
    synchronized (turns.get(Math.floorMod(id.hashCode(), LOCKS))) {
      return guarded(
          request.dataset(),
          () -> {
            once.settleDoubt();
            Optional<IngestProgress> before =
                log.answer(id)
                    .filter(had -> !(incarnations.of(had) instanceof Incarnations.Fate.Deleted));
            return before.isPresent() ? repeat(before.get(), digest) : first(request, id, digest);
          });
    }
  }

  private static EventAnswer repeat(IngestProgress before, String digest) {
    if (!digest.equals(before.getRequestSha256())) {
      throw Problem.of(
              422,
              "idempotency_key_reused",
              "The Idempotency-Key belongs to another request",
              "a request with this key and another body was answered at " + before.getStartedAt())
          .hint("use a new key for a new request; to retry, send exactly the same body")
          .toException();
    }
    return EventAnswer.of(
        before.getIngestId(), before.getDataset(), ResultRuns.read(before.getResults()));
  }

  private EventAnswer first(Request request, String id, String digest) {
    Instant started = clock.instant();
    EventBatch batch = batch(request);
    List<Outgoing> outgoing;
    String topicId = "";
    if (batch.hasGood()) {
      Ready dataset = datasets.prepare(request.dataset(), batch.columns()).dataset();
      topicId = dataset.topicId();
      outgoing = outgoing(request, batch, dataset, id);
    } else {
      outgoing = batch.refused().stream().<Outgoing>map(Outgoing.Refuse::new).toList();
    }
    String topic = topicId;
    try {
      IngestProgress written =
          once.write(
              outgoing,
              (results, ends) -> progress(request, id, digest, topic, results, ends, started));
      return EventAnswer.of(id, request.dataset().value(), ResultRuns.read(written.getResults()));
    } catch (KafkaException doubt) {
      once.settle();
      IngestProgress committed = log.answer(id).orElseThrow(() -> doubt);
      return repeat(committed, digest);
    }
  }

  private IngestProgress progress(
      Request request,
      String id,
      String digest,
      String topicId,
      List<EventResult> results,
      Map<String, Long> ends,
      Instant started) {
    String kept = ResultRuns.write(results);
    if (kept.length() > LONGEST_KEPT_ANSWER) {
      throw new KafkaException(
          "the answer would be too long to be kept; send fewer events in one request");
    }
    return IngestProgress.newBuilder()
        .setIngestId(id)
        .setDataset(request.dataset().value())
        .setName("")
        .setKind(IngestKind.EVENTS)
        .setState(IngestState.READ)
        .setSha256(digest)
        .setBytes(request.body().length)
        .setRowsRead(results.stream().filter(EventResult::isAccepted).count())
        .setRowsQuarantined(0)
        .setTopicId(topicId)
        .setEndOffsets(ends)
        .setResults(kept)
        .setRequestSha256(digest)
        .setStartedAt(started)
        .setUpdatedAt(clock.instant())
        .build();
  }

  private interface Work {
    EventAnswer run();
  }

  private EventAnswer guarded(DatasetName dataset, Work work) {
    try (DatasetGate.Pass held = gate.enter(dataset)) {
      return work.run();
    } catch (RegistryException.Incompatible e) {
      throw Problem.of(
              409,
              "schema_conflict",
              "The events do not fit the dataset",
              String.valueOf(e.getMessage()))
          .hint("send them to another dataset")
          .toException();
    } catch (RegistryException.Unavailable e) {
      throw Problem.of(
              503,
              "registry_unavailable",
              "The schema registry does not answer",
              String.valueOf(e.getMessage()))
          .hint("send the request again in a moment")
          .toException();
    } catch (KafkaException e) {
      throw PlainWriter.unavailable(String.valueOf(e.getMessage()));
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public void close() {
    plain.close();
    once.close();
  }
}
