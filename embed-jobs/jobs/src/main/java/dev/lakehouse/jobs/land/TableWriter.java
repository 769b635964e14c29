package dev.lakehouse.jobs.land;

import dev.lakehouse.jobs.convert.AvroColumns;
import dev.lakehouse.jobs.convert.MisfitException;
import dev.lakehouse.jobs.convert.Row;
import dev.lakehouse.jobs.convert.RowReader;
import dev.lakehouse.schemas.registry.ConfluentWire;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.OffsetVector;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Turns records of one dataset into data files with the offsets they cover. Drops what the table
 * already has, makes the table and widens it as the records' schemas ask, and hands to quarantine
 * what cannot become a row. For one thread.
 *
 * <p>After any exception but {@link RegistryException} the open batch is lost to this writer; make
 * a new one, and the committer reads again from the log what is missing.
 */
public final class TableWriter {
  private final Source source;
  private final LandedTables tables;
  private final SchemaRegistry registry;
  private final Rejects rejects;

  /** What each schema id comes to in this table: a reader, or why there is none. */
  private sealed interface Reading {
    record Rows(RowReader reader, int columns) implements Reading {}

    record Refused(String code, String reason) implements Reading {}
  }

  private final Map<Integer, Reading> readings = new HashMap<>();
  private final Map<Integer, Long> next = new HashMap<>();
  private final Map<Integer, Long> starts = new HashMap<>();
  private final Map<Integer, Long> holes = new HashMap<>();
  private final List<DataFile> closed = new ArrayList<>();
  private OffsetVector recorded = OffsetVector.NONE;
  private @Nullable Table table;
  private @Nullable DataFiles files;
  private long rows;
  private long quarantined;
  private long lastTimestamp = Long.MIN_VALUE;
  private Long lastMicros = 0L;

  public TableWriter(
      Source source,
      LandedTables tables,
      SchemaRegistry registry,
      Quarantine quarantine,
      Clock clock) {
    this.source = source;
    this.tables = tables;
    this.registry = registry;
    this.rejects = new Rejects(source, quarantine, clock);
  }

  /**
   * Takes the next record of a partition; one that the table has already is dropped.
   *
   * @throws RegistryException if the registry failed: the record was not taken, give it again
   * @throws StoppedException if the table is not to be written
   * @throws IOException if the storage failed
   */
  public void add(LogRecord record) throws IOException, StoppedException {
    Long position = next.get(record.partition);
    if (position == null) {
      if (table == null) {
        tables.find(source).ifPresent(this::use);
      }
      position = recorded.next().getOrDefault(record.partition, -1L);
    }
    if (record.offset < position) {
      next.putIfAbsent(record.partition, position);
      return;
    }
    Long expected = next.get(record.partition);
    if (expected != null && record.offset > expected) {
      holes.putIfAbsent(record.partition, expected);
    }
    take(record);
    starts.putIfAbsent(record.partition, next.getOrDefault(record.partition, record.offset));
    next.put(record.partition, record.offset + 1);
  }

  /** Everything of the partition from here on has been given, or will be. */
  public void startAt(int partition, long offset) {
    next.put(partition, offset);
  }

  /** There is nothing more of the partition before this offset, or the table need not know. */
  public void reached(int partition, long offset) {
    long position = next.getOrDefault(partition, offset);
    starts.putIfAbsent(partition, position);
    next.put(partition, Math.max(position, offset));
  }

  /** Whether records were taken since the last cut. */
  public boolean isEmpty() {
    return starts.isEmpty();
  }

  /**
   * Ends the batch: its files are closed and its quarantined records are kept.
   *
   * @return the batch, or empty if no record was taken
   * @throws StoppedException if records between those taken are gone from the log
   */
  public Optional<Batch> cut() throws IOException, StoppedException {
    if (starts.isEmpty()) {
      return Optional.empty();
    }
    if (!holes.isEmpty()) {
      tables.refuseGaps(source, holes);
      holes.clear();
    }
    rejects.flush();
    finishFiles();
    Map<Integer, Range> ranges = new HashMap<>();
    starts.forEach(
        (partition, start) ->
            ranges.put(partition, new Range(start, next.getOrDefault(partition, start))));
    Batch batch =
        new Batch(
            source.topic(),
            open(Types.StructType.of()).uuid().toString(),
            ranges,
            closed,
            rows,
            quarantined);
    starts.clear();
    closed.clear();
    rows = 0;
    quarantined = 0;
    return Optional.of(batch);
  }

  /** Lets go of the open batch, whose records are to be read again. */
  public void abandon() {
    if (files != null) {
      files.abandon();
    }
    if (table != null) {
      DataFiles.delete(table, closed);
    }
  }

  private void take(LogRecord record) throws IOException, StoppedException {
    byte[] value = record.value;
    if (value == null) {
      reject(record, "null_value", "the record has no value, and the dataset is append-only");
      return;
    }
    OptionalInt id = ConfluentWire.schemaId(value);
    if (id.isEmpty()) {
      reject(record, "not_avro", "the value does not start like Avro in the Confluent wire format");
      return;
    }
    Reading reading = readings.get(id.getAsInt());
    if (reading == null) {
      reading = reading(id.getAsInt());
      if (!(reading instanceof Reading.Refused refused
          && refused.code().equals("unknown_schema"))) {
        readings.put(id.getAsInt(), reading);
      }
    }
    if (reading instanceof Reading.Rows some) {
      write(some, record, value);
    } else if (reading instanceof Reading.Refused refused) {
      reject(record, refused.code(), refused.reason());
    }
  }

  private void write(Reading.Rows reading, LogRecord record, byte[] value)
      throws IOException, StoppedException {
    Row row;
    try {
      row = reading.reader().read(value, ConfluentWire.HEADER_BYTES);
    } catch (MisfitException e) {
      reject(record, "incompatible", e.getMessage());
      return;
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | UnsupportedOperationException e) {
      reject(record, "not_avro", "the value is not of its schema: " + e.getMessage());
      return;
    }
    if (record.timestamp != lastTimestamp) {
      lastTimestamp = record.timestamp;
      lastMicros = record.timestamp * 1000;
    }
    int metadata = reading.columns();
    row.set(metadata, record.partition);
    row.set(metadata + 1, record.offset);
    row.set(metadata + 2, lastMicros);
    row.set(metadata + 3, record.ingestId);
    files().write(row);
    rows++;
  }

  private void reject(LogRecord record, String code, @Nullable String reason)
      throws StoppedException {
    open(Types.StructType.of());
    rejects.add(record, code, String.valueOf(reason));
    quarantined++;
  }

  private Reading reading(int id) throws IOException, StoppedException {
    Schema schema;
    try {
      schema = registry.byId(id);
    } catch (RegistryException.UnknownSchema e) {
      return new Reading.Refused("unknown_schema", String.valueOf(e.getMessage()));
    } catch (RegistryException.Refused e) {
      throw new StoppedException(
          "table_refuses", "the registry refuses schema " + id + ": " + e.getMessage());
    } catch (AvroRuntimeException e) {
      return new Reading.Refused(
          "unknown_schema", "schema " + id + " is no Avro schema: " + e.getMessage());
    }
    try {
      Types.StructType wanted = AvroColumns.of(schema, MetadataColumns.reserved());
      Table target = open(wanted);
      int before = target.schema().schemaId();
      try {
        tables.widen(target, wanted);
      } finally {
        if (target.schema().schemaId() != before) {
          finishFiles();
          readings.values().removeIf(Reading.Rows.class::isInstance);
        }
      }
      Types.StructType struct = files().schema().asStruct();
      return new Reading.Rows(
          RowReader.compile(schema, struct, MetadataColumns.reserved()), firstMetadata(struct));
    } catch (MisfitException e) {
      return new Reading.Refused("incompatible", String.valueOf(e.getMessage()));
    }
  }

  private static int firstMetadata(Types.StructType struct) throws StoppedException {
    int first = struct.fields().indexOf(struct.field(MetadataColumns.PARTITION));
    for (int i = 0; i < MetadataColumns.NAMES.size(); i++) {
      int position = first + i;
      if (first < 0
          || position >= struct.fields().size()
          || !struct.fields().get(position).name().equals(MetadataColumns.NAMES.get(i))) {
        throw new StoppedException(
            "table_refuses", "the table's metadata columns are not where landing put them");
      }
    }
    return first;
  }

  private Table open(Types.StructType columns) throws StoppedException {
    Table opened = table;
    if (opened == null) {
      opened = tables.findOrCreate(source, columns);
      use(opened);
    }
    return opened;
  }

  private void use(Table found) {
    table = found;
    recorded = LandedState.of(found).map(LandedState::offsets).orElse(OffsetVector.NONE);
  }

  private DataFiles files() throws StoppedException {
    DataFiles current = files;
    if (current == null) {
      current = new DataFiles(open(Types.StructType.of()), UUID.randomUUID().toString());
      files = current;
    }
    return current;
  }

  private void finishFiles() throws IOException {
    DataFiles current = files;
    if (current != null) {
      closed.addAll(current.finish());
      files = null;
    }
  }
}
