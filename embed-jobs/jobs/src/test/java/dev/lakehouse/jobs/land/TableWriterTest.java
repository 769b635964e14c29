package dev.lakehouse.jobs.land;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.event.Quarantined;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.registry.SchemaRegistry;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.TableKeys;
import dev.lakehouse.schemas.table.TableNames;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a writer refuses, without a broker: a log and a quarantine that do as they are told. */
class TableWriterTest {
  @TempDir Path dir;
  private LakeCatalog catalog;
  private String lostDataset = "";

  private final Quarantine quarantine =
      new Quarantine() {
        @Override
        public Future<?> add(Quarantined record) {
          return record.getDataset().equals(lostDataset)
              ? CompletableFuture.failedFuture(new IOException("no room, as planned"))
              : CompletableFuture.completedFuture(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

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

  private TableWriter writer(String dataset, FakeLog log) {
    return new TableWriter(
        new Source("data." + dataset, new DatasetName(dataset)),
        new LandedTables(catalog, log),
        new SchemaRegistry(URI.create("http://127.0.0.1:9"), Map.of()),
        quarantine,
        new KeptBytes(),
        Clock.systemUTC());
  }

  private static LogRecord notAvro(String dataset, long offset) {
    LogRecord record = new LogRecord();
    record.topic = "data." + dataset;
    record.offset = offset;
    record.value = "no Avro".getBytes(UTF_8);
    return record;
  }

  @Test
  void aRejectedRecordLostOnItsWayFailsItsOwnBatchOnly() throws Exception {
    lostDataset = "unlucky";
    TableWriter unlucky = writer("unlucky", new FakeLog("data.unlucky"));
    TableWriter other = writer("other", new FakeLog("data.other"));
    unlucky.add(notAvro("unlucky", 0));
    other.add(notAvro("other", 0));
    assertThatThrownBy(unlucky::cut)
        .isInstanceOf(IOException.class)
        .hasRootCauseMessage("no room, as planned");
    assertThat(other.cut().orElseThrow().quarantined()).isEqualTo(1);

    lostDataset = "";
    TableWriter again = writer("unlucky", new FakeLog("data.unlucky"));
    again.add(notAvro("unlucky", 0));
    assertThat(again.cut().orElseThrow().ranges()).isEqualTo(Map.of(0, new Range(0, 1)));
  }

  @Test
  void aLogCutShortWhileRunningIsAGap() throws Exception {
    FakeLog log = new FakeLog("data.short");
    TableWriter writer = writer("short", log);
    writer.add(notAvro("short", 0));
    assertThat(writer.cut()).isPresent();
    log.start = 5;
    writer.add(notAvro("short", 5));
    assertThatThrownBy(writer::cut)
        .isInstanceOf(StoppedException.class)
        .hasMessageContaining("offsets 1 to 4 are gone");
  }

  @Test
  void holesThatMarkersLeaveCostOneQuestionForEachBatch() throws Exception {
    FakeLog log = new FakeLog("data.markers");
    TableWriter writer = writer("markers", log);
    writer.add(notAvro("markers", 0));
    assertThat(writer.cut()).isPresent();
    int before = log.questions;
    for (long offset = 2; offset < 2_000; offset += 2) {
      writer.add(notAvro("markers", offset));
    }
    assertThat(log.questions).isEqualTo(before);
    assertThat(writer.cut().orElseThrow().ranges()).isEqualTo(Map.of(0, new Range(1, 1_999)));
    assertThat(log.questions).isEqualTo(before + 1);
  }

  @Test
  void whatAnotherWriterLandedMayBeGoneFromTheLog() throws Exception {
    FakeLog log = new FakeLog("data.shared");
    TableWriter writer = writer("shared", log);
    TableWriter other = writer("shared", log);
    writer.add(notAvro("shared", 0));
    other.add(notAvro("shared", 0));
    Batch first = writer.cut().orElseThrow();
    for (long offset = 1; offset < 6; offset++) {
      other.add(notAvro("shared", offset));
    }
    OffsetLedger ledger = new OffsetLedger(catalog.table(new DatasetName("shared")).orElseThrow());
    assertThat(ledger.commit(other.cut().orElseThrow())).isEqualTo(Batch.Standing.NEXT);
    assertThat(ledger.commit(first)).isEqualTo(Batch.Standing.PAST);
    log.start = 6;
    writer.add(notAvro("shared", 6));
    assertThat(writer.cut()).isPresent();
  }

  @Test
  void aTableMadeAnewIsNoticedAndOneThatIsGoneIsNotMadeAgain() throws Exception {
    TableWriter writer = writer("replaced", new FakeLog("data.replaced"));
    writer.add(notAvro("replaced", 0));
    assertThat(writer.isOutdated()).isFalse();
    catalog.catalog().dropTable(TableNames.of(new DatasetName("replaced")), false);
    assertThat(writer.isOutdated()).isFalse();
    writer("replaced", new FakeLog("data.replaced")).add(notAvro("replaced", 0));
    assertThat(writer.isOutdated()).isTrue();
  }

  @Test
  void aKeyedTopicThatGotAnotherPartitionStopsItsDataset() throws Exception {
    List<NestedField> fields = new ArrayList<>();
    fields.add(NestedField.required(1, "id", LongType.get()));
    fields.addAll(MetadataColumns.fields(2));
    catalog
        .catalog()
        .buildTable(TableNames.of(new DatasetName("grown")), new Schema(fields))
        .withProperty(TableKeys.PROPERTY, "id")
        .create();
    TableWriter writer = writer("grown", new FakeLog("data.grown"));
    writer.add(notAvro("grown", 0));
    LogRecord elsewhere = notAvro("grown", 0);
    elsewhere.partition = 1;
    assertThatThrownBy(() -> writer.add(elsewhere))
        .isInstanceOf(StoppedException.class)
        .hasMessageContaining("new partition 1");
  }
}
