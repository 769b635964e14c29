package dev.lakehouse.query.derived;

import dev.lakehouse.query.sql.Selection;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.kafka.KafkaClients;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.table.OffsetVector;
import dev.lakehouse.schemas.topic.RecordHeaders;
import dev.lakehouse.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one refresh to the dataset's topic, in transactions of a bounded size. Opening
 * it fences whoever wrote to the dataset before, so that nothing of theirs comes any more.
 */
final class GenerationWriter implements AutoCloseable {
  private static final int MOST_ROWS = 20_000;
  private static final long MOST_BYTES = 8L << 20;
  private static final long LONGEST_NANOS = 10_000_000_000L;
  private static final Map<String, Object> SETTINGS =
      Map.of(
          "max.request.size", 4 << 20,
          "batch.size", 256 << 10,
          "buffer.memory", 16L << 20,
          "transaction.timeout.ms", 600_000);

  private final DatasetName dataset;
  private final String ingestId;
  private final Instant started;
  private final String traceparent;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<Integer, Long> ends = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
  private long rows;
  private int inTransaction;
  private long bytes;
  private long begun;

  private GenerationWriter(
      DatasetName dataset,
      String ingestId,
      Instant started,
      KafkaProducer<byte[], byte[]> producer) {
    this.dataset = dataset;
    this.ingestId = ingestId;
    this.started = started;
    this.traceparent = traceparent(ingestId);
    this.producer = producer;
  }

  /**
   * Fences, and opens.
   *
   * @param started when the refresh began, which is when its rows happened
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer
   */
  static GenerationWriter open(
      KafkaClients clients, DatasetName dataset, String ingestId, Instant started) {
    KafkaProducer<byte[], byte[]> producer =
        clients.transactional("lakehouse-derived-" + dataset, SETTINGS);
    try {
      producer.initTransactions();
      return new GenerationWriter(dataset, ingestId, started, producer);
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * Writes all rows.
   *
   * @param schemaId the registry's of the columns' schema
   * @return how many there were
   * @throws ProblemException if the query fails, or a value does not fit its type
   * @throws org.apache.kafka.common.KafkaException if they cannot be written
   */
  long write(Selection selection, Columns columns, int schemaId) {
    ConfluentWire.Writer<Object> wire = ConfluentWire.Writer.generic(schemaId, columns.avro());
    @Nullable Object @Nullable [] row = selection.next();
    while (row != null) {
      rows++;
      send(wire.write(record(columns, row)));
      row = selection.next();
    }
    commit();
    return rows;
  }

  /** The offset behind the last row of each partition that has one. */
  OffsetVector ends() {
    return new OffsetVector(new TreeMap<>(ends));
  }

  private GenericData.Record record(Columns columns, @Nullable Object[] row) {
    try {
      return columns.record(row);
    } catch (ArithmeticException | ClassCastException e) {
      throw Problem.of(
              400,
              "value_does_not_fit",
              "A value does not fit its type",
              "row " + rows + ": " + e.getMessage())
          .hint("cast it to a wider type, or to VARCHAR")
          .toException();
    }
  }

  private void send(byte[] value) {
    if (inTransaction == 0) {
      producer.beginTransaction();
      begun = System.nanoTime();
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(Topics.data(dataset), 0, null, value);
    headers().addTo(record.headers());
    var unused =
        producer.send(
            record,
            (written, failure) -> {
              if (failure == null) {
                ends.merge(written.partition(), written.offset() + 1, Math::max);
              } else {
                failed.compareAndSet(null, failure);
              }
            });
    inTransaction++;
    bytes += value.length;
    if (inTransaction >= MOST_ROWS
        || bytes >= MOST_BYTES
        || System.nanoTime() - begun >= LONGEST_NANOS) {
      commit();
    }
  }

  private RecordHeaders headers() {
    return new RecordHeaders(
        ingestId, rows, "insert", "derived:" + dataset + "#row=" + rows, started, traceparent);
  }

  /** One trace for all rows of a refresh. */
  private static String traceparent(String ingestId) {
    long span = ThreadLocalRandom.current().nextLong() | 1;
    return "00-" + ingestId.replace("-", "") + "-" + HexFormat.of().toHexDigits(span) + "-00";
  }

  private void commit() {
    if (inTransaction == 0) {
      return;
    }
    producer.flush();
    Exception failure = failed.get();
    if (failure instanceof RecordTooLargeException) {
      throw Problem.of(
              400, "row_too_large", "A row is too large", "a row takes more than the topic allows")
          .hint("leave the large column out, or cut it")
          .toException();
    }
    producer.commitTransaction();
    inTransaction = 0;
    bytes = 0;
  }

  /** What is not committed by then never comes. */
  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
