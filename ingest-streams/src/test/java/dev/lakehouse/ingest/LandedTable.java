package dev.lakehouse.ingest;

import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.TableNames;
import dev.lakehouse.schemas.topic.RecordHeaders;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A dataset's table as landing makes and fills it, which does not run in these tests. */
final class LandedTable {
  private final IngestRig rig;
  private final String dataset;

  private LandedTable(IngestRig rig, String dataset) {
    this.rig = rig;
    this.dataset = dataset;
  }

  /**
   * Creates the table of a dataset that has its topic.
   *
   * @param partitionedBy names of columns
   * @param more table properties
   */
  static LandedTable create(
      IngestRig rig,
      String dataset,
      List<NestedField> columns,
      List<String> partitionedBy,
      Map<String, String> more) {
    List<NestedField> all = new ArrayList<>(columns);
    all.addAll(MetadataColumns.fields(columns.size() + 1));
    Schema schema = new Schema(all);
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    partitionedBy.forEach(spec::identity);
    rig.catalog
        .catalog()
        .buildTable(TableNames.of(new DatasetName(dataset)), schema)
        .withPartitionSpec(spec.build())
        .withProperty(LandedState.TOPIC, "data." + dataset)
        .withProperty(LandedState.TOPIC_ID, topicId(rig, "data." + dataset))
        .withProperties(more)
        .create();
    return new LandedTable(rig, dataset);
  }

  /** The same table to another service. */
  LandedTable at(IngestRig other) {
    return new LandedTable(other, dataset);
  }

  private static String topicId(IngestRig rig, String topic) {
    try (Admin admin = rig.clients.admin()) {
      return Optional.ofNullable(
              admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic))
          .orElseThrow()
          .topicId()
          .toString();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  Table table() {
    return rig.catalog.table(new DatasetName(dataset)).orElseThrow();
  }

  /** Lands what the table has not read yet. */
  void land() {
    Table table = table();
    long from =
        Long.parseLong(table.properties().getOrDefault(LandedState.OFFSETS, "0:0").substring(2));
    long next = from;
    for (ConsumerRecord<byte[], byte[]> record : rig.records("data." + dataset)) {
      if (record.offset() >= from) {
        append(table, row(table, record));
        next = Math.max(next, record.offset() + 1);
      }
    }
    table.updateProperties().set(LandedState.OFFSETS, "0:" + next).commit();
  }

  /** Lands that the next record was put into quarantine. */
  void skipTo(long offset) {
    table().updateProperties().set(LandedState.OFFSETS, "0:" + offset).commit();
  }

  private Record row(Table table, ConsumerRecord<byte[], byte[]> record) {
    GenericRecord row = GenericRecord.create(table.schema());
    rig.decode(record).forEach(row::setField);
    row.setField(MetadataColumns.PARTITION, record.partition());
    row.setField(MetadataColumns.OFFSET, record.offset());
    row.setField(MetadataColumns.INGESTED_AT, OffsetDateTime.now(ZoneOffset.UTC));
    row.setField(
        MetadataColumns.INGEST_ID,
        RecordHeaders.read(record.headers(), RecordHeaders.INGEST_ID).orElse(null));
    return row;
  }

  private static void append(Table table, Record row) {
    try {
      PartitionKey partition = new PartitionKey(table.spec(), table.schema());
      partition.partition(row);
      DataWriter<Record> writer =
          Parquet.writeData(
                  table
                      .io()
                      .newOutputFile(
                          table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet")))
              .schema(table.schema())
              .withSpec(table.spec())
              .withPartition(partition)
              .createWriterFunc(GenericParquetWriter::create)
              .build();
      try (writer) {
        writer.write(row);
      }
      table.newAppend().appendFile(writer.toDataFile()).commit();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One column of all its rows. */
  List<Object> column(String name) {
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table()).build()) {
      return StreamSupport.stream(rows.spliterator(), false)
          .map(row -> row.getField(name))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
