package dev.lakehouse.query.upkeep;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.schemas.event.MaintainRun;
import dev.lakehouse.schemas.event.MaintainState;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.AvroSerde;
import dev.lakehouse.schemas.registry.RegistryException.Unavailable;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the topic of runs, and writes to it what is asked for. */
public final class KafkaRuns implements Runs {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaRuns.class);
  private static final TopicPartition PLACE = new TopicPartition(Topics.MAINTAIN.name(), 0);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST = 1_000;

  private final AvroSerde<MaintainRun> values;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Consumer<MaintainRun> ended;
  private final Clock clock;
  private final Instant since;
  private final Thread thread;

  /** By id, what was told last at the end. */
  private final LinkedHashMap<String, MaintainRun> known = new LinkedHashMap<>();

  private volatile boolean closed;
  private volatile boolean caughtUp;

  private KafkaRuns(
      KafkaClients clients, SchemaRegistry registry, Consumer<MaintainRun> ended, Clock clock) {
    this.values = Topics.MAINTAIN.values(registry);
    this.consumer = clients.consumer(Map.of());
    this.producer =
        clients.producer(
            Map.of(
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                PATIENCE.toMillis(),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis() / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis()));
    this.ended = ended;
    this.clock = clock;
    this.since = clock.instant();
    this.thread = new Thread(this::follow, "maintain-runs");
    thread.setDaemon(true);
  }

  /**
   * Follows the topic from its beginning; the broker is not waited for.
   *
   * @param ended is told of each run that comes to its end from now on
   */
  public static KafkaRuns start(
      KafkaClients clients, SchemaRegistry registry, Consumer<MaintainRun> ended, Clock clock) {
    KafkaRuns runs = new KafkaRuns(clients, registry, ended, clock);
    runs.thread.start();
    return runs;
  }

  private void follow() {
    consumer.assign(List.of(PLACE));
    consumer.seekToBeginning(List.of(PLACE));
    while (!closed && !Thread.currentThread().isInterrupted()) {
      try {
        step();
      } catch (WakeupException e) {
        LOG.trace("runs are followed no more");
      } catch (RuntimeException e) {
        LOG.debug("the runs of the upkeep cannot be read; trying again", e);
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    consumer.close();
  }

  private void step() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      try {
        take(record);
      } catch (Unavailable e) {
        consumer.seek(PLACE, record.offset());
        throw e;
      }
    }
    if (!caughtUp) {
      long end = consumer.endOffsets(List.of(PLACE), POLL).getOrDefault(PLACE, 0L);
      caughtUp = consumer.position(PLACE, POLL) >= end;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.value() != null) {
        MaintainRun run = values.read(record.value());
        keep(run);
        if (isOver(run) && run.getUpdatedAt().isAfter(since)) {
          ended.accept(run);
        }
      }
    } catch (SerializationException e) {
      LOG.warn("record {} of {} is no run", record.offset(), PLACE, e);
    }
  }

  private static boolean isOver(MaintainRun run) {
    return run.getState() == MaintainState.DONE || run.getState() == MaintainState.FAILED;
  }

  /** What was asked for is told first by who asked, and then by the topic, which may lag behind. */
  private synchronized void keep(MaintainRun run) {
    MaintainRun before = known.get(run.getId());
    if (before == null || !before.getUpdatedAt().isAfter(run.getUpdatedAt())) {
      known.remove(run.getId());
      known.put(run.getId(), run);
    }
    if (known.size() > MOST) {
      known.remove(known.keySet().iterator().next());
    }
  }

  @Override
  public synchronized MaintainRun ask(DatasetName dataset) {
    if (!caughtUp) {
      throw notYet();
    }
    Optional<MaintainRun> open =
        known.values().stream()
            .filter(run -> run.getDataset().equals(dataset.value()))
            .filter(run -> !run.getAutomatic() && !isOver(run))
            .findFirst();
    if (open.isPresent()) {
      return open.get();
    }
    Instant now = clock.instant();
    MaintainRun run =
        MaintainRun.newBuilder()
            .setId(UUID.randomUUID().toString())
            .setDataset(dataset.value())
            .setAutomatic(false)
            .setState(MaintainState.REQUESTED)
            .setRequestedAt(now)
            .setUpdatedAt(now)
            .build();
    send(run);
    keep(run);
    return run;
  }

  private void send(MaintainRun run) {
    try {
      producer
          .send(new ProducerRecord<>(PLACE.topic(), run.getId().getBytes(UTF_8), values.write(run)))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      throw unavailable(e);
    }
  }

  private static ProblemException unavailable(Exception cause) {
    Throwable told = cause instanceof ExecutionException ? cause.getCause() : cause;
    LOG.warn("the upkeep could not be asked for", cause);
    return Problem.of(
            503,
            "maintain_unavailable",
            "It cannot be asked for now",
            "the request could not be written to " + PLACE.topic() + ": " + told)
        .hint("see broker and registry at GET /health, and ask again")
        .toException();
  }

  @Override
  public synchronized Optional<MaintainRun> run(String id) {
    MaintainRun run = known.get(id);
    if (run == null && !caughtUp) {
      throw notYet();
    }
    return Optional.ofNullable(run);
  }

  private static ProblemException notYet() {
    return Problem.of(
            503,
            "maintain_unavailable",
            "The runs are not known yet",
            "the topic " + PLACE.topic() + " has not been read to its end since the start")
        .hint("see broker and registry at GET /health, and ask again in a moment")
        .toException();
  }

  @Override
  public synchronized List<MaintainRun> newest() {
    List<MaintainRun> all = new ArrayList<>(known.values());
    Collections.reverse(all);
    return all;
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(1));
  }
}
