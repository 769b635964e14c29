package dev.lakehouse.jobs.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.jobs.FaultyCatalog;
import dev.lakehouse.jobs.FaultyCatalog.Fault;
import dev.lakehouse.jobs.convert.Row;
import dev.lakehouse.jobs.land.Batch.Standing;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.TableNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compare-and-set, against a real catalog that fails on demand. */
class OffsetLedgerTest {
  private static final DatasetName DATASET = new DatasetName("ledger");

  @TempDir Path dir;
  private LakeCatalog catalog;
  private LakehouseConfig config;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(dir.resolve("warehouse"));
    config =
        LakehouseConfig.of(
            Map.of(
                "catalog.implementation",
                FaultyCatalog.class.getName(),
                "catalog.properties.faults.dir",
                dir.toString()));
    catalog =
        LakeCatalog.open(
            config
                .catalog()
                .at("jdbc:sqlite:" + dir.resolve("c.db"), dir.resolve("warehouse").toString()));
    catalog
        .catalog()
        .buildTable(TableNames.of(DATASET), new Schema(MetadataColumns.fields(1)))
        .withProperty(LandedState.TOPIC, "data.ledger")
        .withProperty(LandedState.OFFSETS, "0:0,1:0")
        .withProperties(LandedTables.SETTINGS)
        .create();
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private Table table() {
    return catalog.table(DATASET).orElseThrow();
  }

  private Batch batch(int partition, long start, long end) throws IOException {
    Table table = table();
    PartFiles files = new PartFiles(table, SortOrder.unsorted(), null);
    for (long offset = start; offset < end; offset++) {
      Row row = new Row(4);
      row.set(0, partition);
      row.set(1, offset);
      row.set(2, 0L);
      files.write(row);
    }
    return new Batch(
        "data.ledger",
        table.uuid().toString(),
        Map.of(partition, new Range(start, end)),
        List.of(files.finish()),
        end - start,
        1);
  }

  private String recorded() {
    return LandedState.of(table()).orElseThrow().offsets().toString();
  }

  private long rows() {
    Snapshot snapshot = table().currentSnapshot();
    return snapshot == null ? 0 : Long.parseLong(snapshot.summary().get("total-records"));
  }

  @Test
  void aBatchGoesInOnceAndOnlyWhereItStarts() throws Exception {
    OffsetLedger ledger = new OffsetLedger(table());
    Batch first = batch(0, 0, 5);
    assertThat(ledger.commit(batch(0, 5, 9))).isEqualTo(Standing.AHEAD);
    assertThat(ledger.commit(first)).isEqualTo(Standing.NEXT);
    assertThat(ledger.commit(first)).isEqualTo(Standing.PAST);
    assertThat(ledger.commit(batch(0, 2, 9))).isEqualTo(Standing.OVERLAP);
    assertThat(recorded()).isEqualTo("0:5,1:0");
    assertThat(rows()).isEqualTo(5);
    assertThat(LandedState.of(table()).orElseThrow().quarantined()).isEqualTo(1);
    assertThat(table().currentSnapshot().summary()).containsEntry(LandedState.OFFSETS, "0:5,1:0");
  }

  @Test
  void anotherWritersPartitionsAreNotOverwritten() throws Exception {
    OffsetLedger one = new OffsetLedger(table());
    OffsetLedger other = new OffsetLedger(table());
    assertThat(one.commit(batch(0, 0, 5))).isEqualTo(Standing.NEXT);
    assertThat(other.commit(batch(1, 0, 3))).isEqualTo(Standing.NEXT);
    assertThat(one.commit(batch(0, 5, 6))).isEqualTo(Standing.NEXT);
    assertThat(recorded()).isEqualTo("0:6,1:3");
    assertThat(rows()).isEqualTo(9);
  }

  @Test
  void whetherACommitHappenedIsToldByTheTable() throws Exception {
    OffsetLedger ledger = new OffsetLedger(table());
    FaultyCatalog.plan(dir, Fault.LOST_ANSWER, DATASET.value(), 1);
    assertThat(ledger.commit(batch(0, 0, 5))).isEqualTo(Standing.PAST);
    FaultyCatalog.plan(dir, Fault.COMMITTED_BUT_FAILED, DATASET.value(), 1);
    assertThat(ledger.commit(batch(0, 5, 7))).isEqualTo(Standing.PAST);
    FaultyCatalog.plan(dir, Fault.FAILED, DATASET.value(), 1);
    assertThat(ledger.commit(batch(0, 7, 8))).isEqualTo(Standing.NEXT);
    FaultyCatalog.plan(dir, Fault.FAILED, DATASET.value(), 100);
    Batch failing = batch(0, 8, 9);
    assertThatThrownBy(() -> ledger.commit(failing)).isInstanceOf(IllegalStateException.class);
    FaultyCatalog.plan(dir, Fault.FAILED, DATASET.value(), 0);
    assertThat(ledger.commit(failing)).isEqualTo(Standing.NEXT);
    assertThat(recorded()).isEqualTo("0:9,1:0");
    assertThat(rows()).isEqualTo(9);
    assertThat(table().newScan().planFiles()).isNotEmpty();
  }

  @Test
  void aBatchWithoutRowsIsASnapshotThatCarriesTheOffsets() throws Exception {
    Batch none =
        new Batch(
            "data.ledger", table().uuid().toString(), Map.of(0, new Range(0, 4)), List.of(), 0, 4);
    assertThat(new OffsetLedger(table()).commit(none)).isEqualTo(Standing.NEXT);
    assertThat(table().currentSnapshot().summary()).containsEntry(LandedState.OFFSETS, "0:4,1:0");
    assertThat(rows()).isZero();
  }
}
