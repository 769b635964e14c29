package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.TableNames;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.NestedField;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Tables that were there before their first record are landed to as they were declared. */
class DeclaredIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void aDeclaredTableIsTakenOverFromTheEarliest() {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset =
          fixture.declared(
              "plain",
              2,
              LandFixture.ROW,
              List.of(),
              columns -> PartitionSpec.unpartitioned(),
              columns -> SortOrder.unsorted());
      fixture.send(dataset, 0, 100);
      DatasetName quiet = fixture.keyed("quiet", 1);
      JobID job = fixture.land();
      fixture.awaitIds(dataset, 100);
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(fixture.catalog.table(quiet).orElseThrow().properties())
                      .containsEntry(LandedState.OFFSETS, "0:0")
                      .containsKey(LandedState.TOPIC_ID));
      fixture.cancel(job);
      fixture.send(dataset, 100, 200);
      fixture.land();
      fixture.awaitIds(dataset, 200);
    }
  }

  @Test
  void aTableThatLacksTheColumnsOfLandingIsRefusedUntilItIsDeclared() throws Exception {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.dataset("foreign");
      fixture
          .catalog
          .catalog()
          .createTable(
              TableNames.of(dataset), new Schema(NestedField.optional(1, "id", LongType.get())));
      DatasetName same = fixture.filled("foreign", 1, 10);
      DatasetName other = fixture.filled("other", 1, 10);
      fixture.land();
      assertThat(fixture.awaitStatus(same.value(), "table_refuses").getReason())
          .contains(MetadataColumns.OFFSET);
      fixture.awaitIds(other, 10);

      fixture.delete(dataset);
      fixture.declared(
          "foreign",
          1,
          LandFixture.ROW,
          List.of(),
          columns -> PartitionSpec.unpartitioned(),
          columns -> SortOrder.unsorted());
      fixture.send(dataset, 0, 20);
      fixture.awaitIds(dataset, 20);
      fixture.awaitStatus(same.value(), "running");
    }
  }

  @Test
  void manyPartitions() throws IOException {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset =
          fixture.declared(
              "partitions",
              2,
              LandFixture.ROW,
              List.of(),
              columns ->
                  PartitionSpec.builderFor(columns)
                      .truncate("name", 3)
                      .bucket("id", 4)
                      .day(MetadataColumns.INGESTED_AT)
                      .build(),
              columns -> SortOrder.unsorted());
      fixture.send(dataset, 0, 1000);
      fixture.land();
      fixture.awaitIds(dataset, 1000);
      Table table = fixture.catalog.table(dataset).orElseThrow();
      for (String name : List.of("n0", "n77", "n999")) {
        try (CloseableIterable<Record> rows =
            IcebergGenerics.read(table).where(Expressions.equal("name", name)).build()) {
          assertThat(rows).hasSize(1);
        }
      }
      try (CloseableIterable<FileScanTask> all = table.newScan().planFiles();
          CloseableIterable<FileScanTask> some =
              table.newScan().filter(Expressions.equal("name", "n77")).planFiles()) {
        assertThat(all).hasSizeGreaterThan(100);
        assertThat(some).hasSizeLessThan(50);
      }
    }
  }

  @Test
  void aSortedTable() throws IOException {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset =
          fixture.declared(
              "sorted",
              2,
              LandFixture.ROW,
              List.of(),
              columns -> PartitionSpec.builderFor(columns).bucket("id", 2).build(),
              columns -> SortOrder.builderFor(columns).desc("name").build());
      fixture.send(dataset, 0, 500);
      fixture.land();
      fixture.awaitIds(dataset, 500);
      fixture.send(dataset, 500, 600);
      fixture.awaitIds(dataset, 600);
      Table table = fixture.catalog.table(dataset).orElseThrow();
      try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
        for (FileScanTask file : files) {
          assertThat(file.file().sortOrderId()).isEqualTo(table.sortOrder().orderId());
          List<String> names = new ArrayList<>();
          try (CloseableIterable<Record> rows = LandFixture.read(table, file)) {
            rows.forEach(row -> names.add((String) row.getField("name")));
          }
          assertThat(names).isSortedAccordingTo(Comparator.reverseOrder());
        }
      }
    }
  }

  @Test
  void anIngestThatIsUndoneWhileOthersLand() {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.topic("undone", 2);
      fixture.send(dataset, "kept", 0, 100);
      for (int ingest = 0; ingest < 5; ingest++) {
        fixture.send(dataset, "undone" + ingest, 10_000 + ingest * 100, 10_100 + ingest * 100);
      }
      fixture.land();
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> fixture.rows(dataset).size() == 600);
      Table table = fixture.catalog.table(dataset).orElseThrow();
      for (int round = 0; round < 20; round++) {
        fixture.send(dataset, "kept", 100 + round * 20, 120 + round * 20);
        if (round % 4 == 0) {
          Undo.undo(table, "undone" + round / 4);
        }
      }
      fixture.awaitIds(dataset, 500);
      assertThat(fixture.state(dataset).quarantined()).isZero();
    }
  }
}
