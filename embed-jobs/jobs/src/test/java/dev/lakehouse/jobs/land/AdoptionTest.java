package dev.lakehouse.jobs.land;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.jobs.Door;
import dev.lakehouse.schemas.config.CatalogConfig;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.OffsetVector;
import dev.lakehouse.schemas.table.TableKeys;
import dev.lakehouse.schemas.table.TableNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A declared table is taken over once, whoever else does it at the same moment. */
class AdoptionTest {
  private static final DatasetName DATASET = new DatasetName("declared");
  private static final Source SOURCE = new Source("data.declared", DATASET);

  @TempDir Path dir;

  @Test
  void aSlowAdoptionSetsNobodysOffsetsBack() throws Exception {
    CatalogConfig direct = catalog();
    check(direct);
  }

  @Test
  void norByTheRestDoor() throws Exception {
    CatalogConfig direct = catalog();
    try (Door door = new Door(direct, 0)) {
      check(Door.client(door.port(), direct));
    }
  }

  private CatalogConfig catalog() throws Exception {
    Path warehouse = Files.createDirectories(dir.resolve("warehouse"));
    return LakehouseConfig.defaults()
        .catalog()
        .at("jdbc:sqlite:" + dir.resolve("c.db"), warehouse.toString());
  }

  private static void check(CatalogConfig config) throws Exception {
    try (LakeCatalog slow = LakeCatalog.open(config);
        LakeCatalog quick = LakeCatalog.open(config)) {
      slow.catalog()
          .buildTable(TableNames.of(DATASET), new Schema(MetadataColumns.fields(1)))
          .withProperty(TableKeys.PROPERTY, TableKeys.write(List.of()))
          .create();
      FakeLog log = new FakeLog(SOURCE.topic());
      log.end = 7;

      Table taken =
          new LandedTables(slow, new Meanwhile(log, () -> land(quick, log)))
              .find(SOURCE)
              .orElseThrow();

      OffsetVector landed = OffsetVector.parse("0:7");
      assertThat(LandedState.of(taken).orElseThrow().offsets()).isEqualTo(landed);
      Table now = quick.table(DATASET).orElseThrow();
      assertThat(LandedState.of(now).orElseThrow().offsets()).isEqualTo(landed);
      assertThat(now.snapshots()).as("one adoption and one batch").hasSize(2);
    }
  }

  /** Another landing: takes the table over and commits all of the topic. */
  private static void land(LakeCatalog catalog, FakeLog log) {
    try {
      Table table = new LandedTables(catalog, log).find(SOURCE).orElseThrow();
      Batch all =
          new Batch(
              SOURCE.topic(), table.uuid().toString(), Map.of(0, new Range(0, 7)), List.of(), 0, 7);
      assertThat(new OffsetLedger(table).commit(all)).isEqualTo(Batch.Standing.NEXT);
    } catch (StoppedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The log, and what happens while it is asked. */
  private record Meanwhile(FakeLog log, Runnable what) implements LogReader {
    @Override
    public Map<String, String> ids(Collection<String> topics) {
      return log.ids(topics);
    }

    @Override
    public Map<String, TopicState> states(Collection<String> topics) {
      Map<String, TopicState> states = log.states(topics);
      what.run();
      return states;
    }

    @Override
    public Collection<String> topics() {
      return log.topics();
    }

    @Override
    public long read(String topic, int partition, Range range, int most, Sink sink) {
      return log.read(topic, partition, range, most, sink);
    }

    @Override
    public void close() {}
  }
}
