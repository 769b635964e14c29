package dev.lakehouse.ingest.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.ingest.format.Misfit;
import dev.lakehouse.ingest.format.PageText;
import dev.lakehouse.ingest.format.RowStream;
import dev.lakehouse.ingest.progress.DocumentLog;
import dev.lakehouse.ingest.schema.DatasetGate;
import dev.lakehouse.ingest.schema.Datasets;
import dev.lakehouse.ingest.schema.RecordKeys;
import dev.lakehouse.schemas.event.FileArrived;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.event.QuarantineStage;
import dev.lakehouse.schemas.event.Quarantined;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.topic.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Reads the rows of one planned file, from where its progress says, in transactions. Each
 * transaction holds rows, what was quarantined, and the progress that counts both; the last one
 * also says that the file is over. Between two of them others have their turn.
 */
final class FileReading {
  /** Larger values would have to travel by reference, which rows do not. */
  private static final int LARGEST_VALUE = 1_000_000;

  private static final int LARGEST_RAW = 512 << 10;

  /** So many rows are passed by before others may have their turn. */
  private static final int SKIPPED_AT_ONCE = 1_000;

  /** Where no offset is noted the commit alone fails if a record does not get there. */
  private static final Callback UNHEARD = (metadata, exception) -> {};

  private final ReaderParts parts;
  private final KafkaProducer<byte[], byte[]> producer;
  private final FileArrived file;
  private final ReadingPlan plan;
  private final Datasets.Ready dataset;
  private final ConfluentWire.Writer<RowStream> wire;
  private final RecordKeys.Maker keys;
  private final RowHeaders headers;
  private final DocumentLog.Reading reading;
  private final EndOffsets ends;
  private final IngestProgress.Builder progress;
  private final boolean planned;
  private final DatasetGate.Pass pass;
  private Outbox outbox;
  private long rowsRead;
  private long rowsQuarantined;

  FileReading(
      ReaderParts parts,
      KafkaProducer<byte[], byte[]> producer,
      FileArrived file,
      IngestProgress reached,
      FilePlanner.Planned planned,
      DatasetGate.Pass pass) {
    this.pass = pass;
    this.parts = parts;
    this.producer = producer;
    this.file = file;
    this.plan = planned.plan();
    this.dataset = planned.dataset();
    this.wire = new ConfluentWire.Writer<>(dataset.schemaId(), new RowWriter());
    this.keys = dataset.keys().maker(dataset.schema());
    this.headers =
        new RowHeaders(file, dataset.keys().operation(), String.valueOf(file.getTraceparent()));
    this.reading =
        new DocumentLog.Reading(
            file.getDataset(), file.getIngestId(), file.getSha256(), file.getName());
    this.ends = new EndOffsets(reached.getEndOffsets());
    this.rowsRead = reached.getRowsRead();
    this.rowsQuarantined = reached.getRowsQuarantined();
    this.outbox = new Outbox(producer, false);
    this.planned = reached.getAvroSchema() != null;
    this.progress =
        IngestProgress.newBuilder(reached)
            .setDialect(plan.toJson())
            .setAvroSchema(dataset.schema().toString())
            .setReaderVersion(plan.reader())
            .setSchemaId(dataset.schemaId())
            .setTopicId(dataset.topicId());
  }

  /** Has a row write itself. */
  private static final class RowWriter implements DatumWriter<RowStream> {
    @Override
    public void setSchema(Schema schema) {
      throw new UnsupportedOperationException("the schema is fixed");
    }

    @Override
    public void write(RowStream row, Encoder out) throws IOException {
      row.write(out);
    }
  }

  /** Moves the reader past the file; called within the file's last transaction. */
  interface Past {
    void moveOn();
  }

  /**
   * Reads on to the file's end. The plan is committed before the first row is written, so that
   * whoever resumes reads by the same.
   *
   * @return whether the end was reached; it is not if the reader is to stop
   */
  boolean run(Past past) throws IOException {
    try (FilePlanner.Opened opened = parts.planner().open(file, plan, dataset.schema())) {
      RowStream rows = opened.rows();
      outbox = new Outbox(producer, rows.isSlow());
      if (!planned) {
        outbox.begin();
        commit(true, () -> {});
      }
      if (!skip(rows)) {
        return false;
      }
      long span = parts.transaction().toNanos();
      while (true) {
        parts.disk().await();
        outbox.begin();
        long until = System.nanoTime() + span;
        boolean more = readUntil(rows, until);
        if (parts.stopping().getAsBoolean()) {
          outbox.abandon();
          return false;
        } else if (pass.isRevoked()) {
          outbox.abandon();
          throw Refusal.failed(DatasetGate.deleted(new DatasetName(file.getDataset())));
        }
        commit(more, past);
        if (!more) {
          return true;
        }
        parts.turns().pass();
      }
    }
  }

  /** Passes the rows by that were read before; false if the reader is to stop. */
  private boolean skip(RowStream rows) throws IOException {
    for (long skipped = 0; skipped < rowsRead && rows.next(); skipped++) {
      if (skipped % SKIPPED_AT_ONCE == 0) {
        parts.turns().passIfOver();
        if (parts.stopping().getAsBoolean()) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean readUntil(RowStream rows, long until) throws IOException {
    while (rows.next()) {
      row(rows);
      if (System.nanoTime() >= until || outbox.isFull() || parts.stopping().getAsBoolean()) {
        return true;
      }
    }
    return false;
  }

  private void row(RowStream row) {
    rowsRead++;
    Optional<Misfit> misfit = row.fit();
    if (misfit.isPresent()) {
      quarantine(row, misfit.get());
      return;
    }
    byte[] value = wire.write(row);
    if (value.length > LARGEST_VALUE) {
      quarantine(
          row,
          new Misfit(
              "too_large", "row " + rowsRead + " makes a record of " + value.length + " bytes"));
      return;
    }
    byte[] key;
    try {
      key = keys.of(value);
    } catch (RecordKeys.MissingKeyException e) {
      quarantine(row, new Misfit("bad_key", "row " + rowsRead + ": " + e.getMessage()));
      return;
    }
    outbox.put(
        new ProducerRecord<>(dataset.topic(), null, null, key, value, headers.of(rowsRead)), ends);
    Optional<PageText> text = row.text();
    if (text.isPresent()) {
      outbox.put(parts.documents().page(reading, rowsRead, text.get()), UNHEARD);
    }
  }

  private void quarantine(RowStream row, Misfit misfit) {
    rowsQuarantined++;
    byte[] raw = row.raw();
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
            .setRawTruncated(raw.length > LARGEST_RAW || !row.isRawWhole())
            .setQuarantinedAt(parts.clock().instant())
            .build();
    outbox.put(
        new ProducerRecord<>(
            Topics.QUARANTINE.name(),
            file.getIngestId().getBytes(UTF_8),
            parts.quarantine().write(entry)),
        UNHEARD);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a send does
  private void commit(boolean more, Past past) {
    outbox.deliver();
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
