package dev.lakehouse.jobs.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lakehouse.jobs.convert.Row;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.TableKeys;
import dev.lakehouse.schemas.table.TableNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept in memory, and what is open, is bounded; what is written is the same. */
class PartsTest {
  private static final int ALL_THERE_IS = (int) KeptBytes.MOST_OF_ONE;

  @TempDir Path dir;
  private final KeptBytes kept = new KeptBytes();
  private LakeCatalog catalog;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(dir.resolve("warehouse"));
    catalog =
        LakeCatalog.open(
            LakehouseConfig.defaults()
                .catalog()
                .at("jdbc:sqlite:" + dir.resolve("c.db"), dir.resolve("warehouse").toString()));
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private Table table(String keys, boolean partitioned) {
    List<NestedField> fields = new ArrayList<>();
    fields.add(NestedField.required(1, "id", LongType.get()));
    fields.addAll(MetadataColumns.fields(2));
    Schema schema = new Schema(fields);
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    return catalog
        .catalog()
        .buildTable(TableNames.of(new DatasetName("parts")), schema)
        .withPartitionSpec(partitioned ? spec.identity("id").build() : spec.build())
        .withProperty(LandedState.TOPIC, "data.parts")
        .withProperty(LandedState.OFFSETS, "0:0")
        .withProperty(TableKeys.PROPERTY, keys)
        .withProperties(LandedTables.SETTINGS)
        .create();
  }

  private static Row row(long id, long offset) {
    Row row = new Row(5);
    row.set(0, id);
    row.set(1, 0);
    row.set(2, offset);
    row.set(3, 0L);
    return row;
  }

  private static Row key(long id) {
    Row key = new Row(1);
    key.set(0, id);
    return key;
  }

  private static Map<Integer, Range> upTo(long end) {
    return Map.of(0, new Range(0, end));
  }

  @Test
  void aLaterPartsDeletesReachTheEarlierOnesRows() throws Exception {
    Table table = table("id", false);
    Parts parts = Parts.of(table, kept);
    for (int offset = 0; offset < 6; offset++) {
      parts.add(key(offset % 2), row(offset % 2, offset), ALL_THERE_IS);
    }
    parts.add(key(7), row(7, 6), 8);
    parts.remove(key(0), 8);
    List<Part> made = parts.finish();
    assertThat(made).hasSizeGreaterThan(3);

    Batch batch = new Batch("data.parts", table.uuid().toString(), upTo(8), made, 8, 0);
    assertThat(new OffsetLedger(table).commit(batch)).isEqualTo(Batch.Standing.NEXT);
    table.refresh();
    List<Long> found = new ArrayList<>();
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      rows.forEach(row -> found.add((Long) row.getField(MetadataColumns.OFFSET)));
    }
    assertThat(found).containsExactlyInAnyOrder(5L, 6L);
    assertThat(table.currentSnapshot().summary()).containsEntry(LandedState.OFFSETS, "0:8");
    assertThat(new OffsetLedger(table).commit(batch)).isEqualTo(Batch.Standing.PAST);
  }

  @Test
  void scatteredRowsMakeOneFileForEachPartition() throws Exception {
    Table table = table("", true);
    Parts parts = Parts.of(table, kept);
    int partitions = 300;
    int end = partitions * 4;
    for (int offset = 0; offset < end; offset++) {
      parts.add(null, row(offset * 7 % partitions, offset), 8);
    }
    List<Part> made = parts.finish();
    assertThat(made).hasSize(1);
    assertThat(made.get(0).rows()).hasSize(partitions);
    assertThat(made.get(0).rows()).allMatch(file -> file.recordCount() == 4);

    Batch batch = new Batch("data.parts", table.uuid().toString(), upTo(end), made, end, 0);
    assertThat(new OffsetLedger(table).commit(batch)).isEqualTo(Batch.Standing.NEXT);
    table.refresh();
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      assertThat(rows).hasSize(end);
    }
  }

  @Test
  void rowsThatWaitForTheirPartitionAreBounded() throws Exception {
    Table table = table("", true);
    Parts parts = Parts.of(table, kept);
    parts.add(null, row(1, 0), ALL_THERE_IS);
    parts.add(null, row(1, 1), 8);
    assertThat(parts.finish().get(0).rows()).hasSize(2);
  }

  @Test
  void rowsOfAllTablesTogetherAreBounded() {
    List<KeptBytes.Share> tables = Stream.generate(kept::share).limit(8).toList();
    int each = (int) (KeptBytes.MOST_OF_ALL / tables.size());
    assertThat(tables.stream().limit(7).map(table -> table.add(each))).containsOnly(false);
    assertThat(tables.get(7).add(each)).isTrue();
    tables.get(7).clear();
    assertThat(tables.get(7).add(8)).isFalse();
  }

  @Test
  void keyedTableWhosePartitionsWereChangedIsRefused() throws Exception {
    Table table = table("id", true);
    assertThat(KeyColumns.of(table)).isNotNull();
    table.updateSpec().removeField("id").addField(Expressions.bucket("id", 4)).commit();
    assertThatExceptionOfType(StoppedException.class)
        .isThrownBy(() -> KeyColumns.of(table))
        .satisfies(
            stopped -> {
              assertThat(stopped.code()).isEqualTo("table_refuses");
              assertThat(stopped.reason()).contains("partition spec was changed");
            });
  }

  @Test
  void keyedTableThatIsNoLongerPartitionedDeletesEverywhere() throws Exception {
    Table table = table("id", true);
    table.updateSpec().removeField("id").commit();
    assertThat(KeyColumns.of(table)).isNotNull();
  }
}
