package dev.lakehouse.ingest.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.ingest.format.UnreadableFileException;
import dev.lakehouse.ingest.progress.ProgressLog;
import dev.lakehouse.ingest.progress.Transactor;
import dev.lakehouse.ingest.read.FilePlanner.Planned;
import dev.lakehouse.ingest.schema.DatasetGate;
import dev.lakehouse.ingest.schema.Datasets;
import dev.lakehouse.ingest.store.StoreUnavailableException;
import dev.lakehouse.schemas.event.FileArrived;
import dev.lakehouse.schemas.event.IngestKind;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.http.LakehouseServer;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.RegistryException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One reader: takes the announced files of its partitions one after the other. Partitions are
 * assigned by hand, so a long file loses no race against a poll timeout; a second reader with the
 * same number fences this one, which then stops. Where only its transaction took too long, because
 * the machine slept for instance, it goes on.
 */
public final class ReaderWorker implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ReaderWorker.class);
  private static final ObjectMapper JSON = LakehouseServer.json();
  private static final String GROUP = "lakehouse-readers";
  private static final String INGEST_ID = "ingestId";
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long LONGEST_PAUSE_MS = 5_000;
  private static final int ATTEMPTS = 5;

  /** Records are many and small, so batches are large. */
  private static final Map<String, Object> PRODUCER =
      Map.of(
          "batch.size", 256 << 10,
          "linger.ms", 10,
          "buffer.memory", 32L << 20,
          "max.request.size", 4 << 20);

  private static final String TRANSACTION_TIMEOUT = "transaction.timeout.ms";
  private static final int LONGEST_TRANSACTION_MS = 300_000;

  private final ReaderParts parts;
  private final int number;
  private final List<TopicPartition> partitions;
  private final Transactor transactor;
  private final Fencing fencing;
  private volatile Optional<String> stopped = Optional.empty();

  /**
   * @param number of this reader, from 0
   * @param partitions of {@code ingest.files} that it alone reads
   */
  public ReaderWorker(ReaderParts parts, int number, List<TopicPartition> partitions) {
    this.parts = parts;
    this.number = number;
    this.partitions = List.copyOf(partitions);
    this.transactor =
        new Transactor(parts.clients(), parts.log(), transactionalId(number), settings(parts));
    this.fencing = new Fencing(parts.clients(), transactionalId(number));
  }

  /** A single row may be a scanned page, which waits for its turn and takes a minute. */
  private static Map<String, Object> settings(ReaderParts parts) {
    Map<String, Object> settings = new HashMap<>(PRODUCER);
    settings.put(
        TRANSACTION_TIMEOUT,
        parts.clients().common().getOrDefault(TRANSACTION_TIMEOUT, LONGEST_TRANSACTION_MS));
    return settings;
  }

  /** The transactional id of the reader with this number. */
  public static String transactionalId(int number) {
    return "lakehouse-reader-" + number;
  }

  /** Why the reader no longer works, or empty while it does. */
  public Optional<String> stopped() {
    return stopped;
  }

  @Override
  public void run() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        parts.clients().consumer(Map.of("group.id", GROUP, "max.poll.records", 100))) {
      consumer.assign(partitions);
      begin(consumer);
      while (!parts.stopping().getAsBoolean()) {
        poll(consumer);
      }
      stopped = Optional.of("stopped");
    } catch (InterruptException | WakeupException e) {
      stopped = Optional.of("interrupted");
    } catch (RuntimeException e) {
      LOG.error("reader {} stopped", number, e);
      stopped = Optional.of(String.valueOf(e.getMessage()));
    } finally {
      if (stopped.isEmpty()) {
        stopped = Optional.of("it died of an error");
      }
      transactor.discard();
    }
  }

  private void begin(KafkaConsumer<byte[], byte[]> consumer) {
    Map<TopicPartition, OffsetAndMetadata> committed = committed(consumer);
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata at = committed.get(partition);
      if (at != null) {
        consumer.seek(partition, at.offset());
      }
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(KafkaConsumer<byte[], byte[]> consumer) {
    for (int attempt = 1; !parts.stopping().getAsBoolean(); attempt++) {
      try {
        return consumer.committed(new HashSet<>(partitions));
      } catch (RetriableException e) {
        LOG.warn("it is not known yet which files were read; asking again", e);
        pause(attempt);
      }
    }
    return Map.of();
  }

  private void poll(KafkaConsumer<byte[], byte[]> consumer) {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (parts.stopping().getAsBoolean()) {
          return;
        }
        take(consumer, record);
      }
    } catch (RetriableException e) {
      LOG.warn("files cannot be asked for; trying again", e);
    }
  }

  private void take(KafkaConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> record) {
    Optional<FileArrived> announced = announced(record);
    if (announced.isEmpty()) {
      return;
    }
    FileArrived file = announced.get();
    MDC.put(INGEST_ID, file.getIngestId());
    try {
      untilOver(
          file,
          writer ->
              writer.sendOffsetsToTransaction(
                  Map.of(
                      new TopicPartition(record.topic(), record.partition()),
                      new OffsetAndMetadata(record.offset() + 1)),
                  consumer.groupMetadata()));
    } finally {
      MDC.remove(INGEST_ID);
    }
  }

  private Optional<FileArrived> announced(ConsumerRecord<byte[], byte[]> record) {
    for (int attempt = 1; !parts.stopping().getAsBoolean(); attempt++) {
      try {
        return Optional.of(parts.files().read(record.value()));
      } catch (RegistryException.Unavailable e) {
        LOG.warn("a file's announcement cannot be read yet; trying again", e);
        pause(attempt);
      } catch (RuntimeException e) {
        LOG.error(
            "record {} of {}-{} announces no file",
            record.offset(),
            record.topic(),
            record.partition(),
            e);
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private interface Past {
    void moveOn(KafkaProducer<byte[], byte[]> writer);
  }

  private void untilOver(FileArrived file, Past past) {
    int lasting = 0;
    for (int attempt = 1; !parts.stopping().getAsBoolean(); attempt++) {
      try {
        once(file, past);
        return;
      } catch (InterruptException e) {
        throw e;
      } catch (Refusal refusal) {
        transactor.discard();
        LOG.warn("'{}' is refused: {}", file.getName(), refusal.getMessage());
        if (giveUp(file, past, refusal)) {
          return;
        }
      } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
        transactor.discard();
        lasting += fencing.byTimeout(e) || !isTransient(e) ? 1 : 0;
        if (lasting >= ATTEMPTS && nothingRead(file)) {
          LOG.error("'{}' cannot be read", file.getName(), e);
          if (giveUp(file, past, Refusal.failed(unreadable(e)))) {
            return;
          }
        }
        LOG.warn("'{}' met trouble; trying again", file.getName(), e);
      }
      pause(attempt);
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
          || e instanceof StoreUnavailableException) {
        return true;
      }
    }
    return false;
  }

  private void once(FileArrived file, Past past) throws IOException {
    KafkaProducer<byte[], byte[]> writer = transactor.producer();
    if (ProgressLog.isOver(reached(file))) {
      skip(writer, past);
      return;
    }
    DatasetName dataset = new DatasetName(file.getDataset());
    try (DatasetGate.Pass pass = parts.gate().enterAnnounced(dataset)) {
      IngestProgress reached = reached(file);
      if (ProgressLog.isOver(reached)) {
        skip(writer, past);
      } else {
        read(writer, file, reached, pass, past);
      }
    } catch (ProblemException e) {
      throw Refusal.failed(e.problem());
    }
  }

  private IngestProgress reached(FileArrived file) {
    return parts.log().find(file.getIngestId()).orElseGet(() -> received(file));
  }

  private static void skip(KafkaProducer<byte[], byte[]> writer, Past past) {
    writer.beginTransaction();
    past.moveOn(writer);
    writer.commitTransaction();
  }

  private void read(
      KafkaProducer<byte[], byte[]> writer,
      FileArrived file,
      IngestProgress reached,
      DatasetGate.Pass pass,
      Past past)
      throws IOException {
    boolean resumed = reached.getAvroSchema() != null;
    LOG.info(
        "reading '{}' into {} from row {}",
        file.getName(),
        file.getDataset(),
        reached.getRowsRead() + 1);
    if (!resumed) {
      parts.log().put(IngestProgress.newBuilder(reached).setState(IngestState.READING).build());
    }
    Planned planned = resumed ? resume(reached) : parts.planner().plan(file);
    FileReading reading = new FileReading(parts, writer, file, reached, planned, pass);
    try {
      if (reading.run(() -> past.moveOn(writer))) {
        LOG.info("read '{}' into {}", file.getName(), file.getDataset());
      }
    } catch (UnreadableFileException e) {
      throw Refusal.rejected(FilePlanner.unreadable(e));
    }
  }

  private Planned resume(IngestProgress reached) {
    DatasetName dataset = new DatasetName(reached.getDataset());
    String topic = parts.datasets().topic(dataset);
    String topicId =
        parts
            .datasets()
            .describe(topic)
            .map(described -> described.topicId().toString())
            .orElse("none");
    if (!topicId.equals(reached.getTopicId())) {
      throw Refusal.failed(
          Problem.of(
                  409,
                  "topic_recreated",
                  "The dataset's topic is another one",
                  "topic " + topic + " was deleted while the file was being read")
              .hint("send the file again"));
    }
    Schema schema = new Schema.Parser(NameValidator.UTF_VALIDATOR).parse(reached.getAvroSchema());
    return new Planned(
        ReadingPlan.parse(reached.getDialect()),
        new Datasets.Ready(
            topic,
            topicId,
            0,
            reached.getSchemaId(),
            schema,
            parts.datasets().keys(dataset, schema)));
  }

  /** The progress of a file that nothing was read of yet. */
  public static IngestProgress received(FileArrived file) {
    return IngestProgress.newBuilder()
        .setIngestId(file.getIngestId())
        .setDataset(file.getDataset())
        .setName(file.getName())
        .setKind(IngestKind.FILE)
        .setState(IngestState.RECEIVED)
        .setSha256(file.getSha256())
        .setBytes(file.getBytes())
        .setRowsRead(0)
        .setRowsQuarantined(0)
        .setDialect(ReadingPlan.write(Map.of("options", file.getOptions())))
        .setEndOffsets(new HashMap<>())
        .setReplaces(List.of())
        .setStartedAt(file.getArrivedAt())
        .setUpdatedAt(file.getArrivedAt())
        .build();
  }

  /** Whether the refusal was committed. */
  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a send does
  private boolean giveUp(FileArrived file, Past past, Refusal refusal) {
    try {
      KafkaProducer<byte[], byte[]> writer = transactor.producer();
      IngestProgress reached = reached(file);
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
      past.moveOn(writer);
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

  private static void pause(int attempt) {
    try {
      Thread.sleep(Math.min(LONGEST_PAUSE_MS, 100L << Math.min(attempt, 6)));
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
