package dev.lakehouse.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.schemas.event.AuditPhase;
import dev.lakehouse.schemas.event.AuditRecord;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.http.Trail;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the audit to its topic. A record that is admitted costs one round trip to the broker. */
public final class KafkaTrail implements Trail, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaTrail.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final AvroSerde<AuditRecord> values;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Timer admitted;
  private final Counter lost;
  private final Clock clock;

  private KafkaTrail(
      KafkaClients clients, SchemaRegistry registry, MeterRegistry meters, Clock clock) {
    this.clock = clock;
    this.values = Topics.AUDIT.values(registry);
    this.producer =
        clients.producer(
            Map.of(
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                PATIENCE.toMillis(),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis() / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis()));
    this.admitted =
        Timer.builder("lakehouse.audit.admission")
            .description("how long an answer waits for its record in the audit")
            .register(meters);
    this.lost = meters.counter("lakehouse.audit.lost");
  }

  /** Starts without waiting for broker or registry. */
  public static KafkaTrail start(
      KafkaClients clients, SchemaRegistry registry, MeterRegistry meters, Clock clock) {
    return new KafkaTrail(clients, registry, meters, clock);
  }

  @Override
  public void admit(AuditRecord record) {
    long began = System.nanoTime();
    try {
      var acknowledged =
          producer.send(written(record)).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      LOG.trace("{} is at {}", record.getId(), acknowledged);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      throw unavailable(e);
    } finally {
      admitted.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void tell(AuditRecord record) {
    try {
      var unused =
          producer.send(
              written(record),
              (place, failed) -> {
                if (failed != null) {
                  lose(record, failed);
                }
              });
    } catch (RuntimeException e) {
      lose(record, e);
    }
  }

  /**
   * Keeps what happened without a request: a start, a policy that was loaded or refused.
   *
   * @param what such as {@code policy.loaded}
   */
  public void note(String what, String detail) {
    tell(
        AuditRecord.newBuilder()
            .setId(UUID.randomUUID().toString())
            .setPhase(AuditPhase.NOTED)
            .setAt(clock.instant())
            .setPrincipal("lakehouse")
            .setSource("local")
            .setRequestId("")
            .setAction(what)
            .setTables(List.of())
            .setColumns(List.of())
            .setDetail(detail)
            .build());
  }

  private void lose(AuditRecord record, Exception why) {
    lost.increment();
    LOG.error(
        "not in the audit: {} of {}, {}, status {}",
        record.getPhase(),
        record.getPrincipal(),
        record.getAction(),
        record.getStatus(),
        why);
  }

  private ProducerRecord<byte[], byte[]> written(AuditRecord record) {
    return new ProducerRecord<>(
        Topics.AUDIT.name(), record.getPrincipal().getBytes(UTF_8), values.write(record));
  }

  private static ProblemException unavailable(Exception why) {
    LOG.error("the audit does not take a record", why);
    return Problem.of(
            503,
            "audit_unavailable",
            "The audit cannot be written",
            "what is done here is written down first, and the topic audit does not take it")
        .hint("see broker and registry at GET /health, and ask again")
        .toException();
  }

  @Override
  public void close() {
    producer.close(PATIENCE);
  }
}
