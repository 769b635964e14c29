package dev.lakehouse.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Does to a table with columns {@code id}, {@code g} and {@code v} what writers may do. */
final class TableHistory {
  private final Table table;
  private final Random random;
  private final List<DataFile> files = new ArrayList<>();
  private int made;

  TableHistory(Table table, Random random) {
    this.table = table;
    this.random = random;
  }

  /** One commit at random; says which. */
  String step() {
    table.refresh();
    int choice = random.nextInt(100);
    if (files.isEmpty() || choice < 25) {
      AppendFiles append = table.newAppend();
      written(rows()).forEach(append::appendFile);
      append.commit();
      return "append";
    }
    if (choice < 85) {
      RowDelta delta = table.newRowDelta();
      List<DataFile> fresh = choice < 45 ? written(rows()) : List.of();
      fresh.forEach(delta::addRows);
      if (choice >= 25 && choice < 70) {
        equality().forEach(delta::addDeletes);
      }
      if (choice >= 35 && choice < 85) {
        positions().forEach(delta::addDeletes);
      }
      delta.commit();
      return "delta " + choice;
    }
    if (choice < 89) {
      table.updateSchema().addColumn("added_" + made++, Types.StringType.get()).commit();
      return "add column";
    }
    if (choice < 93) {
      String last = table.schema().columns().get(table.schema().columns().size() - 1).name();
      table.updateSchema().renameColumn(last, "renamed_" + made++).commit();
      return "rename";
    }
    if (choice < 95) {
      table.updateSchema().updateColumn("v", Types.LongType.get()).commit();
      return "widen";
    }
    if (choice < 98 && table.schema().columns().size() > 4) {
      String last = table.schema().columns().get(table.schema().columns().size() - 1).name();
      table.updateSchema().deleteColumn(last).commit();
      return "drop";
    }
    if (table.specs().size() == 1) {
      if (table.spec().isUnpartitioned()) {
        table.updateSpec().addField("g").commit();
      } else {
        table.updateSpec().removeField("g").commit();
      }
      return "partition otherwise";
    }
    return "nothing";
  }

  void deleteWhereIdIs(int id) {
    table.refresh();
    RowDelta delta = table.newRowDelta();
    Record key = GenericRecord.create(table.schema().select("id"));
    key.setField("id", id);
    delta.addDeletes(equality(List.of(1), PartitionSpec.unpartitioned(), null, List.of(key)));
    delta.commit();
  }

  private List<Record> rows() {
    List<Record> rows = new ArrayList<>();
    for (int i = random.nextInt(20); i >= 0; i--) {
      Record row = GenericRecord.create(table.schema());
      table
          .schema()
          .columns()
          .forEach(column -> row.setField(column.name(), value(column.fieldId())));
      rows.add(row);
    }
    return rows;
  }

  private @Nullable Object value(int fieldId) {
    if (random.nextInt(8) == 0) {
      return null;
    }
    return switch (fieldId) {
      case 1 -> random.nextInt(30);
      case 2 -> "g" + random.nextInt(3);
      case 3 ->
          table.schema().findType(3).typeId() == Type.TypeID.LONG
              ? (Object) Long.valueOf(random.nextInt(10))
              : (Object) random.nextInt(10);
      default -> "t" + random.nextInt(1000);
    };
  }

  private Map<PartitionKey, List<Record>> byPartition(List<Record> rows) {
    PartitionKey key = new PartitionKey(table.spec(), table.schema());
    InternalRecordWrapper wrapper = new InternalRecordWrapper(table.schema().asStruct());
    Map<PartitionKey, List<Record>> parts = new LinkedHashMap<>();
    for (Record row : rows) {
      key.partition(wrapper.wrap(row));
      parts.computeIfAbsent(key.copy(), fresh -> new ArrayList<>()).add(row);
    }
    return parts;
  }

  private List<DataFile> written(List<Record> rows) {
    List<DataFile> written = new ArrayList<>();
    byPartition(rows)
        .forEach(
            (partition, part) -> {
              try {
                DataWriter<Record> writer =
                    Parquet.writeData(out())
                        .schema(table.schema())
                        .withSpec(table.spec())
                        .withPartition(partition)
                        .createWriterFunc(type -> GenericParquetWriter.create(table.schema(), type))
                        .build();
                try (writer) {
                  part.forEach(writer::write);
                }
                written.add(writer.toDataFile());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    files.addAll(written);
    return written;
  }

  /** Deletes by some columns: in the partitions of today, or in all of them. */
  private List<DeleteFile> equality() {
    List<Integer> ids =
        List.of(List.of(1), List.of(1, 2), List.of(3), List.of(2, 3)).get(random.nextInt(4));
    Schema keys = new Schema(ids.stream().map(id -> table.schema().findField(id)).toList());
    List<Record> rows = rows().stream().limit(3).toList();
    PartitionSpec unpartitioned =
        table.specs().values().stream()
            .filter(PartitionSpec::isUnpartitioned)
            .findFirst()
            .orElse(null);
    if (unpartitioned != null && (table.spec().isUnpartitioned() || random.nextBoolean())) {
      return List.of(equality(ids, unpartitioned, null, keys(keys, rows)));
    }
    List<DeleteFile> deletes = new ArrayList<>();
    byPartition(rows)
        .forEach(
            (partition, part) ->
                deletes.add(equality(ids, table.spec(), partition, keys(keys, part))));
    return deletes;
  }

  private static List<Record> keys(Schema schema, List<Record> rows) {
    List<Record> keys = new ArrayList<>();
    for (Record row : rows) {
      Record key = GenericRecord.create(schema);
      schema.columns().forEach(each -> key.setField(each.name(), row.getField(each.name())));
      keys.add(key);
    }
    return keys;
  }

  private DeleteFile equality(
      List<Integer> ids, PartitionSpec spec, @Nullable StructLike partition, List<Record> keys) {
    Schema schema = new Schema(ids.stream().map(id -> table.schema().findField(id)).toList());
    try {
      EqualityDeleteWriter<Record> writer =
          Parquet.writeDeletes(out())
              .rowSchema(schema)
              .withSpec(spec)
              .withPartition(partition)
              .equalityFieldIds(ids)
              .createWriterFunc(type -> GenericParquetWriter.create(schema, type))
              .buildEqualityWriter();
      try (writer) {
        keys.forEach(writer::write);
      }
      return writer.toDeleteFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One delete file for some rows of some files of one partition. */
  private List<DeleteFile> positions() {
    DataFile first = files.get(random.nextInt(files.size()));
    Map<String, List<Long>> rows = new HashMap<>();
    files.stream()
        .filter(file -> file.specId() == first.specId())
        .filter(file -> Objects.equals(text(file), text(first)))
        .filter(file -> file == first || random.nextInt(3) == 0)
        .forEach(
            file ->
                rows.put(
                    file.location(),
                    IntStream.range(0, (int) file.recordCount())
                        .filter(row -> random.nextInt(4) == 0)
                        .mapToObj(row -> (long) row)
                        .toList()));
    if (rows.values().stream().allMatch(List::isEmpty)) {
      return List.of();
    }
    try {
      PositionDeleteWriter<Record> writer =
          Parquet.writeDeletes(out())
              .withSpec(table.specs().get(first.specId()))
              .withPartition(first.partition())
              .buildPositionWriter();
      try (writer) {
        PositionDelete<Record> each = PositionDelete.create();
        rows.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .forEach(
                file -> file.getValue().forEach(row -> writer.write(each.set(file.getKey(), row))));
      }
      return List.of(writer.toDeleteFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(DataFile file) {
    return Objects.requireNonNull(table.specs().get(file.specId()))
        .partitionToPath(file.partition());
  }

  private OutputFile out() {
    return table
        .io()
        .newOutputFile(
            table
                .locationProvider()
                .newDataLocation(FileFormat.PARQUET.addExtension(UUID.randomUUID().toString())));
  }
}
