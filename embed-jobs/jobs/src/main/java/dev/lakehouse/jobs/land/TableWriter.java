package dev.lakehouse.jobs.land;

import dev.lakehouse.jobs.convert.AvroColumns;
import dev.lakehouse.jobs.convert.MisfitException;
import dev.lakehouse.jobs.convert.Row;
import dev.lakehouse.jobs.convert.RowReader;
import dev.lakehouse.schemas.registry.RegistryException;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.OffsetVector;
import dev.lakehouse.schemas.table.TableKeys;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Turns records of one dataset into data files with the offsets they cover; where the table says
 * that it is keyed, into upserts and deletes. Drops what the table already has, makes the table and
 * widens it as the records' schemas ask, and hands to quarantine what cannot become a row. For one
 * thread.
 *
 * <p>After any exception but {@link RegistryException} the open batch is lost to this writer; make
 * a new one, and the committer reads again from the log what is missing.
 */
public final class TableWriter {
  private final Source source;
  private final LandedTables tables;
  private final Rejects rejects;
  private final KeptBytes kept;
  private final Readings values;
  private final Readings keys;
  private final Map<Integer, Long> next = new HashMap<>();
  private final Map<Integer, Long> starts = new HashMap<>();
  private final Map<Integer, Long> holes = new HashMap<>();
  private final List<Part> closed = new ArrayList<>();
  private OffsetVector recorded = OffsetVector.NONE;
  private @Nullable Table table;
  private boolean keyed;
  private @Nullable Parts open;
  private int metadata;
  private long rows;
  private long quarantined;
  private long lastTimestamp = Long.MIN_VALUE;
  private Long lastMicros = 0L;

  /**
   * @param kept what all writers of the thread keep in memory
   */
  public TableWriter(
      Source source,
      LandedTables tables,
      SchemaRegistry registry,
      Quarantine quarantine,
      KeptBytes kept,
      Clock clock) {
    this.source = source;
    this.kept = kept;
    this.tables = tables;
    this.values = new Readings(registry, this::compile);
    this.keys = new Readings(registry, schema -> keyColumns().reader(schema));
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
    if (table == null) {
      tables.find(source).ifPresent(this::use);
    }
    if (keyed) {
      refuseRepartitioned(record.partition);
    }
    Long position = next.get(record.partition);
    if (position == null) {
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
    finishParts();
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

  /** Whether the dataset's table is another by now than the one written to. */
  public boolean isOutdated() throws StoppedException {
    Table written = table;
    return written != null
        && tables
            .find(source)
            .filter(
                found ->
                    !found.uuid().equals(written.uuid())
                        || !topicId(found).equals(topicId(written)))
            .isPresent();
  }

  private static String topicId(Table of) {
    return LandedState.of(of).map(LandedState::topicId).orElse("");
  }

  /** Lets go of the open batch, whose records are to be read again. */
  public void abandon() {
    if (open != null) {
      open.abandon();
    }
    Table written = table;
    if (written != null) {
      closed.forEach(part -> PartFiles.delete(written, part));
    }
  }

  /** A key's records meet only as long as they are in one partition. */
  private void refuseRepartitioned(int partition) throws StoppedException {
    if (!recorded.next().containsKey(partition)) {
      throw new StoppedException(
          "table_refuses",
          "topic "
              + source.topic()
              + " of a keyed dataset has got a new partition "
              + partition
              + ", so that the order of a key's records is lost: land it as a new dataset");
    }
  }

  private void take(LogRecord record) throws IOException, StoppedException {
    byte[] value = record.value;
    try {
      if (value != null) {
        write(record, value);
      } else if (keyed) {
        parts().remove(key(record), 0);
      } else {
        throw new RefusedException(
            "null_value", "the record has no value, and the dataset is append-only");
      }
      rows++;
    } catch (RefusedException e) {
      Table refusing = open(Types.StructType.of());
      rejects.add(record, refusing.properties().get(LandedState.TOPIC_ID), e.code(), e.reason());
      quarantined++;
    }
  }

  private void write(LogRecord record, byte[] value)
      throws RefusedException, IOException, StoppedException {
    Row row = values.read(value);
    Row key = null;
    if (keyed) {
      key = key(record);
      if (!keyColumns().isOf(key, row)) {
        throw badKey("it is not the key of the record's own columns");
      }
    }
    if (record.timestamp != lastTimestamp) {
      lastTimestamp = record.timestamp;
      lastMicros = record.timestamp * 1000;
    }
    row.set(metadata, record.partition);
    row.set(metadata + 1, record.offset);
    row.set(metadata + 2, lastMicros);
    row.set(metadata + 3, record.ingestId);
    parts().add(key, row, value.length);
  }

  private Row key(LogRecord record) throws RefusedException, IOException, StoppedException {
    byte[] bytes = record.key;
    if (bytes == null) {
      throw badKey("the record has none");
    }
    try {
      Row key = keys.read(bytes);
      keyColumns().check(key);
      return key;
    } catch (RefusedException e) {
      throw badKey(e.reason());
    } catch (MisfitException e) {
      throw badKey(String.valueOf(e.getMessage()));
    }
  }

  private RefusedException badKey(String why) {
    String columns = table == null ? "" : String.join(", ", TableKeys.of(table));
    return new RefusedException(
        "bad_key", "the dataset is keyed by " + columns + ", and the key cannot be used: " + why);
  }

  private KeyColumns keyColumns() throws StoppedException {
    KeyColumns columns = parts().keys();
    if (columns == null) {
      throw new IllegalStateException("the table was keyed a moment ago");
    }
    return columns;
  }

  private RowReader compile(Schema schema) throws MisfitException, IOException, StoppedException {
    Types.StructType wanted = AvroColumns.of(schema, MetadataColumns.reserved());
    Table target = open(wanted);
    if (keyed) {
      keyColumns().require(wanted);
    }
    int before = target.schema().schemaId();
    try {
      tables.widen(target, wanted);
    } finally {
      if (target.schema().schemaId() != before) {
        finishParts();
        values.clear();
        keys.clear();
      }
    }
    Parts parts = parts();
    return RowReader.compile(
        schema, parts.schema().asStruct(), MetadataColumns.reserved(), !parts.keepsRows());
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
    keyed = !TableKeys.of(found).isEmpty();
    recorded = LandedState.of(found).map(LandedState::offsets).orElse(OffsetVector.NONE);
  }

  private Parts parts() throws StoppedException {
    Parts current = open;
    if (current == null) {
      current = Parts.of(open(Types.StructType.of()), kept);
      metadata = firstMetadata(current.schema().asStruct());
      open = current;
    }
    return current;
  }

  private void finishParts() throws IOException {
    Parts current = open;
    if (current != null) {
      current.finish().stream().filter(part -> !part.isEmpty()).forEach(closed::add);
      open = null;
    }
  }
}
