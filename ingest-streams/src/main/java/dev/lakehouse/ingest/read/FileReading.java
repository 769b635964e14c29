package dev.lakehouse.ingest.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.csv.CsvRows;
import dev.lakehouse.ingest.csv.RowBuffer;
import dev.lakehouse.ingest.csv.RowEncoder;
import dev.lakehouse.ingest.csv.RowEncoder.Misfit;
import dev.lakehouse.ingest.schema.Datasets;
import dev.lakehouse.schemas.event.FileArrived;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.event.QuarantineStage;
import dev.lakehouse.schemas.event.Quarantined;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.topic.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Reads the rows of one planned file, from where its progress says, in transactions. Each
 * transaction holds rows, what was quarantined, and the progress that counts both; the last one
 * also moves the reader past the file.
 */
final class FileReading {
  /** Larger values would have to travel by reference, which rows do not. */
  private static final int LARGEST_VALUE = 1_000_000;

  private static final int LARGEST_RAW = 512 << 10;
  private static final int ROWS_BETWEEN_LOOKS = 256;

  private final ReaderParts parts;
  private final KafkaProducer<byte[], byte[]> producer;
  private final FileArrived file;
  private final ReadingPlan plan;
  private final Datasets.Ready dataset;
  private final RowEncoder encoder;
  private final ConfluentWire.Writer<RowBuffer> wire;
  private final RowHeaders headers;
  private final EndOffsets ends;
  private final IngestProgress.Builder progress;
  private long rowsRead;
  private long rowsQuarantined;

  FileReading(
      ReaderParts parts,
      KafkaProducer<byte[], byte[]> producer,
      FileArrived file,
      IngestProgress reached,
      FilePlanner.Planned planned) {
    this.parts = parts;
    this.producer = producer;
    this.file = file;
    this.plan = planned.plan();
    this.dataset = planned.dataset();
    Schema schema = dataset.schema();
    this.encoder = new RowEncoder(schema, plan.fields());
    this.wire = new ConfluentWire.Writer<>(dataset.schemaId(), encoder);
    this.headers = new RowHeaders(file, String.valueOf(file.getTraceparent()));
    this.ends = new EndOffsets(reached.getEndOffsets());
    this.rowsRead = reached.getRowsRead();
    this.rowsQuarantined = reached.getRowsQuarantined();
    this.progress =
        IngestProgress.newBuilder(reached)
            .setDialect(plan.toJson())
            .setAvroSchema(schema.toString())
            .setSchemaId(dataset.schemaId())
            .setTopicId(dataset.topicId());
  }

  /** Moves the reader past the file; called within the file's last transaction. */
  interface Past {
    void moveOn();
  }

  /**
   * Reads on to the file's end.
   *
   * @return whether the end was reached; it is not if the reader is to stop
   */
  boolean run(Past past) throws IOException {
    try (CsvRows rows = parts.planner().rows(file, plan)) {
      for (long skip = 0; skip < rowsRead && rows.hasNext(); skip++) {
        rows.next();
      }
      long span = parts.transaction().toNanos();
      while (true) {
        producer.beginTransaction();
        long until = System.nanoTime() + span;
        boolean more = readUntil(rows, until);
        if (parts.stopping().getAsBoolean()) {
          producer.abortTransaction();
          return false;
        }
        commit(more, past);
        if (!more) {
          return true;
        }
      }
    }
  }

  private boolean readUntil(CsvRows rows, long until) {
    long before = rowsRead;
    while (rows.hasNext()) {
      row(rows.next());
      if ((rowsRead - before) % ROWS_BETWEEN_LOOKS == 0
          && (System.nanoTime() >= until || parts.stopping().getAsBoolean())) {
        return true;
      }
    }
    return false;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a send does
  private void row(RowBuffer row) {
    rowsRead++;
    Optional<Misfit> misfit = encoder.take(row);
    if (misfit.isPresent()) {
      quarantine(row, misfit.get());
      return;
    }
    byte[] value = wire.write(row);
    if (value.length > LARGEST_VALUE) {
      quarantine(
          row,
          new Misfit(
              "too_large", "line " + row.line() + " makes a record of " + value.length + " bytes"));
      return;
    }
    producer.send(
        new ProducerRecord<>(dataset.topic(), null, null, null, value, headers.of(rowsRead)), ends);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a send does
  private void quarantine(RowBuffer row, Misfit misfit) {
    rowsQuarantined++;
    byte[] raw = row.toCsv(plan.dialect()).getBytes(UTF_8);
    Quarantined entry =
        Quarantined.newBuilder()
            .setDataset(file.getDataset())
            .setIngestId(file.getIngestId())
            .setStage(QuarantineStage.READING)
            .setFile(file.getSha256())
            .setRow(rowsRead)
            .setCode(misfit.code())
            .setReason(misfit.reason())
            .setRaw(
                ByteBuffer.wrap(raw.length > LARGEST_RAW ? Arrays.copyOf(raw, LARGEST_RAW) : raw))
            .setQuarantinedAt(parts.clock().instant())
            .build();
    producer.send(
        new ProducerRecord<>(
            Topics.QUARANTINE.name(),
            file.getIngestId().getBytes(UTF_8),
            parts.quarantine().write(entry)));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a send does
  private void commit(boolean more, Past past) {
    producer.flush();
    IngestProgress reached =
        progress
            .setState(more ? IngestState.READING : IngestState.READ)
            .setRowsRead(rowsRead)
            .setRowsQuarantined(rowsQuarantined)
            .setEndOffsets(ends.reached())
            .setUpdatedAt(parts.clock().instant())
            .build();
    producer.send(parts.log().record(reached));
    if (!more) {
      past.moveOn();
    }
    producer.commitTransaction();
    parts.committed(reached);
  }
}
