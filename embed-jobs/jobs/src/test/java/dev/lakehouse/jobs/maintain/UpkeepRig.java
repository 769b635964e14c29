package dev.lakehouse.jobs.maintain;

import dev.lakehouse.jobs.FaultyCatalog;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.event.MaintainRun;
import dev.lakehouse.schemas.event.MaintainState;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** A real catalog with one table, whose commits fail on demand, and what maintains it. */
final class UpkeepRig implements AutoCloseable {
  static final DatasetName DATASET = new DatasetName("kept");

  final LakeCatalog catalog;
  final LakehouseConfig config;
  final Path dir;
  final List<MaintainRun> told = new ArrayList<>();
  final Set<Long> used = new HashSet<>();
  Optional<String> unsettled = Optional.empty();
  private int offset;

  UpkeepRig(Path dir, Map<String, String> settings) {
    this.dir = dir;
    Map<String, String> all = new HashMap<>(settings);
    all.put("catalog.implementation", FaultyCatalog.class.getName());
    all.put("catalog.properties.faults.dir", dir.toString());
    try {
      Files.createDirectories(dir.resolve("warehouse"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    config = LakehouseConfig.of(all);
    catalog =
        LakeCatalog.open(
            config
                .catalog()
                .at("jdbc:sqlite:" + dir.resolve("c.db"), dir.resolve("warehouse").toString()));
  }

  static Schema columns() {
    List<NestedField> fields = new ArrayList<>();
    fields.add(NestedField.required(1, "id", Types.LongType.get()));
    fields.add(NestedField.optional(2, "name", Types.StringType.get()));
    fields.addAll(MetadataColumns.fields(3));
    return new Schema(fields);
  }

  /** Makes the table, as landing does. */
  Table create(PartitionSpec spec, SortOrder order) {
    return catalog
        .newTable(DATASET, columns())
        .withPartitionSpec(spec)
        .withSortOrder(order)
        .withProperty(LandedState.TOPIC, "data.kept")
        .withProperty(LandedState.OFFSETS, "0:0")
        .withProperty("format-version", "2")
        .withProperty("write.metadata.delete-after-commit.enabled", "true")
        .withProperty("write.metadata.previous-versions-max", "20")
        .create();
  }

  Table create() {
    return create(PartitionSpec.unpartitioned(), SortOrder.unsorted());
  }

  Table table() {
    return catalog.table(DATASET).orElseThrow();
  }

  /** A file of these rows, {@code id=name}, that no commit has. */
  DataFile file(Table table, Map<Long, String> rows) throws IOException {
    PartitionKey partition = new PartitionKey(table.spec(), table.schema());
    List<Record> records = new ArrayList<>();
    rows.forEach(
        (id, name) -> {
          Record row = GenericRecord.create(table.schema());
          row.setField("id", id);
          row.setField("name", name);
          row.setField(MetadataColumns.PARTITION, 0);
          row.setField(MetadataColumns.OFFSET, (long) offset++);
          row.setField(MetadataColumns.INGESTED_AT, Instant.EPOCH.atOffset(ZoneOffset.UTC));
          records.add(row);
        });
    if (table.spec().isPartitioned()) {
      partition.partition(
          new InternalRecordWrapper(table.schema().asStruct()).wrap(records.get(0)));
    }
    DataWriter<Record> writer =
        Parquet.writeData(table.io().newOutputFile(location(table)))
            .forTable(table)
            .withPartition(table.spec().isPartitioned() ? partition : null)
            .withSortOrder(table.sortOrder())
            .createWriterFunc(GenericParquetWriter::create)
            .build();
    try (writer) {
      records.forEach(writer::write);
    }
    return writer.toDataFile();
  }

  private static String location(Table table) {
    return table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
  }

  /** Commits a file of these rows, as landing does. */
  DataFile append(Map<Long, String> rows) throws IOException {
    Table table = table();
    DataFile file = file(table, rows);
    var transaction = table.newTransaction();
    transaction.newAppend().appendFile(file).set(LandedState.OFFSETS, "0:" + offset).commit();
    transaction.updateProperties().set(LandedState.OFFSETS, "0:" + offset).commit();
    transaction.commitTransaction();
    return file;
  }

  /** Commits so many files of one row each: ids from {@code from} on. */
  void append(int from, int files) throws IOException {
    for (int id = from; id < from + files; id++) {
      append(Map.of((long) id, "n" + id));
    }
  }

  /** Commits deletes by key. */
  void delete(long... ids) throws IOException {
    Table table = table();
    Schema key = table.schema().select("id");
    EqualityDeleteWriter<Record> writer =
        Parquet.writeDeletes(table.io().newOutputFile(location(table)))
            .forTable(table)
            .rowSchema(key)
            .equalityFieldIds(1)
            .createWriterFunc(GenericParquetWriter::create)
            .buildEqualityWriter();
    try (writer) {
      for (long id : ids) {
        Record row = GenericRecord.create(key);
        row.setField("id", id);
        writer.write(row);
      }
    }
    table.newRowDelta().addDeletes(writer.toDeleteFile()).commit();
  }

  /** Commits deletes of the rows at these places of a file. */
  void delete(DataFile file, long... positions) throws IOException {
    Table table = table();
    PositionDeleteWriter<Record> writer =
        Parquet.writeDeletes(table.io().newOutputFile(location(table)))
            .withSpec(table.spec())
            .buildPositionWriter();
    PositionDelete<Record> delete = PositionDelete.create();
    try (writer) {
      for (long position : positions) {
        writer.write(delete.set(file.location(), position));
      }
    }
    DeleteFile deletes = writer.toDeleteFile();
    table.newRowDelta().addDeletes(deletes).commit();
  }

  /** The table's rows, {@code id=name}; two of one id are a failure. */
  Map<Long, String> rows() {
    Map<Long, String> rows = new TreeMap<>();
    try (CloseableIterable<Record> read = IcebergGenerics.read(table()).build()) {
      for (Record row : read) {
        String before = rows.put((Long) row.getField("id"), (String) row.getField("name"));
        if (before != null) {
          throw new AssertionError("two rows of " + row.getField("id"));
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Maintainer maintainer(Clock clock) {
    return new Maintainer(
        config,
        catalog,
        run -> told.add(copy(run)),
        dataset -> Set.copyOf(used),
        (dataset, table) -> unsettled,
        clock);
  }

  private static MaintainRun copy(MaintainRun run) {
    MaintainRun copy = new MaintainRun();
    for (int field = 0; field < run.getSchema().getFields().size(); field++) {
      copy.put(field, run.get(field));
    }
    return copy;
  }

  /** Asks for the upkeep of the table and does it; how it went. */
  MaintainRun maintain() {
    return maintain(Clock.systemUTC());
  }

  MaintainRun maintain(Clock clock) {
    return maintain(maintainer(clock), request(DATASET));
  }

  MaintainRun maintain(Maintainer maintainer, MaintainRun request) {
    maintainer.caughtUp();
    maintainer.take(request);
    for (int step = 0; step < 10_000; step++) {
      maintainer.work();
      MaintainRun last = told.isEmpty() ? request : told.get(told.size() - 1);
      if (last.getId().equals(request.getId())
          && (last.getState() == MaintainState.DONE || last.getState() == MaintainState.FAILED)) {
        return last;
      }
    }
    throw new AssertionError("it does not come to an end");
  }

  static MaintainRun request(DatasetName dataset) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    return MaintainRun.newBuilder()
        .setId(UUID.randomUUID().toString())
        .setDataset(dataset.value())
        .setAutomatic(false)
        .setState(MaintainState.REQUESTED)
        .setRequestedAt(now)
        .setUpdatedAt(now)
        .build();
  }

  @Override
  public void close() {
    catalog.close();
  }
}
