package dev.lakehouse.jobs.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.jobs.FaultyCatalog;
import dev.lakehouse.jobs.FaultyCatalog.Fault;
import dev.lakehouse.schemas.event.MaintainRun;
import dev.lakehouse.schemas.event.MaintainState;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.LandedState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files are rewritten and nothing is lost or comes back, whoever else commits and fails. */
class UpkeepTest {
  private static final String FAULTS = UpkeepRig.DATASET.value() + FaultyCatalog.REWRITE;

  @TempDir Path dir;
  private UpkeepRig rig;

  @BeforeEach
  void open() {
    rig = new UpkeepRig(dir, Map.of("maintain.small_files", "10", "maintain.delete_files", "3"));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private List<FileScanTask> files() throws Exception {
    try (CloseableIterable<FileScanTask> tasks = rig.table().newScan().planFiles()) {
      List<FileScanTask> files = new ArrayList<>();
      tasks.forEach(files::add);
      return files;
    }
  }

  private static FilePlanner.Scope all(Table table) {
    return new FilePlanner.Scope(true, true, table.currentSnapshot().sequenceNumber(), false);
  }

  private FileGroup onlyGroup(Table table) throws Exception {
    List<FileGroup> groups =
        new FilePlanner(rig.config.maintain(), FilePlanner.MOST_KEYS)
            .plan(table, all(table))
            .groups();
    assertThat(groups).hasSize(1);
    return groups.get(0);
  }

  private Rewrites.Merged merge(Table table, FileGroup group) throws Exception {
    return new Rewrites(rig.config.maintain(), Clock.systemUTC()).merge(table, group);
  }

  @Test
  void smallFilesBecomeOneAndTheTableSaysWhatItHasRead() throws Exception {
    rig.create();
    rig.append(0, 30);
    Map<Long, String> before = rig.rows();

    MaintainRun run = rig.maintain();

    assertThat(run.getState()).isEqualTo(MaintainState.DONE);
    assertThat(List.of(run.getFilesBefore(), run.getFilesAfter(), run.getFilesRewritten()))
        .containsExactly(30L, 1L, 30L);
    assertThat(run.getSnapshotsBefore()).isEqualTo(30);
    assertThat(run.getMetadataBytesAfter()).isPositive();
    assertThat(rig.rows()).isEqualTo(before).hasSize(30);
    assertThat(files()).hasSize(1);
    Table table = rig.table();
    assertThat(LandedState.of(table).orElseThrow().offsets()).hasToString("0:30");
    assertThat(table.currentSnapshot().summary()).containsEntry(LandedState.OFFSETS, "0:30");
    assertThat(rig.told.get(0).getState()).isEqualTo(MaintainState.RUNNING);
    int snapshots = snapshots();
    assertThat(rig.maintain().getFilesRewritten()).as("nothing is left to do").isZero();
    assertThat(snapshots()).isEqualTo(snapshots);
  }

  private int snapshots() {
    List<Object> all = new ArrayList<>();
    rig.table().snapshots().forEach(all::add);
    return all.size();
  }

  @Test
  void deletesByKeyAndByPositionAreAppliedAndGone() throws Exception {
    rig.create();
    rig.append(0, 8);
    DataFile several = rig.append(Map.of(100L, "a", 101L, "b", 102L, "c"));
    rig.delete(1, 2, 3);
    rig.append(Map.of(2L, "again"));
    rig.delete(several, 1);
    rig.delete(2);
    rig.append(Map.of(2L, "and again"));
    rig.delete(7);
    Map<Long, String> before = rig.rows();
    assertThat(before).hasSize(7).containsEntry(2L, "and again");

    MaintainRun run = rig.maintain();

    assertThat(rig.rows()).isEqualTo(before);
    assertThat(run.getRowsRemoved()).isEqualTo(6);
    assertThat(List.of(run.getDeleteFilesBefore(), run.getDeleteFilesAfter()))
        .containsExactly(4L, 0L);
    assertThat(files()).singleElement().satisfies(task -> assertThat(task.deletes()).isEmpty());
    rig.delete(0, 2);
    assertThat(rig.rows()).as("later deletes reach the new file").hasSize(5);
  }

  @Test
  void moreKeysThanFitIntoMemoryAreAppliedOneAfterAnother() throws Exception {
    Table table = rig.create();
    FilePlanner planner = new FilePlanner(rig.config.maintain(), 2);
    Rewrites rewrites = new Rewrites(rig.config.maintain(), Clock.systemUTC());
    for (int round = 0; round < 6; round++) {
      rig.append(round * 3, 3);
      rig.delete(round * 3L, round * 2L + 1);
      rig.append(Map.of(round * 3L, "again"));
    }
    Map<Long, String> before = rig.rows();
    table.refresh();
    FilePlanner.Scope scope = all(table);
    int merged = 0;
    boolean spare = false;
    for (int round = 0; round < 40; round++) {
      table.refresh();
      List<FileGroup> planned = planner.plan(table, scope.sparing(spare)).groups();
      if (planned.isEmpty() && !spare) {
        break;
      }
      boolean committed = !planned.isEmpty() && rewrites.merge(table, planned.get(0)).committed();
      spare = !planned.isEmpty() && !committed && !spare;
      merged += committed ? 1 : 0;
      assertThat(rig.rows()).isEqualTo(before);
    }
    assertThat(merged).isGreaterThan(2);
    rewrites.dropIdleDeletes(table);
    assertThat(files()).hasSize(1);
    assertThat(rig.rows()).isEqualTo(before);
  }

  @Test
  void whatIsDeletedAndAppendedMeanwhileStaysSo() throws Exception {
    rig.create();
    rig.append(0, 5);
    Table table = rig.table();
    FileGroup group = onlyGroup(table);
    rig.delete(3);
    rig.append(Map.of(3L, "again", 9L, "new"));

    Map<Long, String> expected =
        new TreeMap<>(Map.of(0L, "n0", 1L, "n1", 2L, "n2", 3L, "again", 4L, "n4", 9L, "new"));

    assertThat(merge(table, group).committed())
        .as("Iceberg would drop the delete, for no older file is left")
        .isFalse();
    assertThat(rig.rows()).isEqualTo(expected);

    FilePlanner planner = new FilePlanner(rig.config.maintain(), FilePlanner.MOST_KEYS);
    FileGroup sparing =
        planner
            .plan(table, new FilePlanner.Scope(true, true, group.sequence(), true))
            .groups()
            .get(0);
    assertThat(sparing.files()).hasSize(4);
    assertThat(merge(table, sparing).committed()).isTrue();
    assertThat(rig.rows()).isEqualTo(expected);
    assertThat(table.currentSnapshot().summary())
        .containsEntry(LandedState.OFFSETS, table.properties().get(LandedState.OFFSETS));
    assertThat(rig.maintain().getRowsRemoved()).isEqualTo(1);
    assertThat(rig.rows()).hasSize(6).containsEntry(3L, "again");
  }

  @Test
  void aRewriteIsGivenUpIfItsFilesWereChangedMeanwhile() throws Exception {
    rig.create();
    DataFile first = rig.append(Map.of(0L, "a", 1L, "b"));
    rig.append(2, 3);
    Table table = rig.table();
    FileGroup group = onlyGroup(table);
    rig.delete(first, 1);
    Map<Long, String> before = rig.rows();
    int parquet = parquet();
    assertThat(merge(table, group).committed()).as("a row was deleted by its place").isFalse();
    assertThat(rig.rows()).isEqualTo(before);
    assertThat(parquet()).as("nothing is left over").isEqualTo(parquet);

    table.refresh();
    FileGroup again = onlyGroup(table);
    assertThat(merge(rig.table(), again).committed()).isTrue();
    assertThat(merge(table, again).committed()).as("another was faster").isFalse();
    assertThat(rig.rows()).isEqualTo(before);
  }

  private int parquet() throws Exception {
    try (var all = Files.walk(dir.resolve("warehouse"))) {
      return (int) all.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "LOST_ANSWER", "COMMITTED_BUT_FAILED"})
  void answersThatAreLostOrWrong(Fault fault) throws Exception {
    rig.create();
    rig.append(0, 12);
    rig.delete(4, 5);
    Map<Long, String> before = rig.rows();
    FaultyCatalog.plan(dir, fault, FAULTS, 2);

    MaintainRun run = rig.maintain();

    assertThat(FaultyCatalog.left(dir, fault, FAULTS)).isZero();
    assertThat(run.getState()).isEqualTo(MaintainState.DONE);
    assertThat(run.getFilesAfter()).isEqualTo(1);
    assertThat(rig.rows()).isEqualTo(before).hasSize(10);
    rig.append(20, 1);
    assertThat(rig.rows()).hasSize(11);
  }

  @ParameterizedTest
  @EnumSource(names = {"HALT_BEFORE", "HALT_AFTER"})
  void aHaltJustBeforeAndJustAfterACommit(Fault fault) throws Exception {
    rig.create();
    rig.append(0, 12);
    rig.delete(4, 5);
    Map<Long, String> before = rig.rows();
    FaultyCatalog.plan(dir, fault, FAULTS, 1);

    assertThat(inAnotherProcess()).isEqualTo(1);

    assertThat(rig.rows()).isEqualTo(before);
    assertThat(files().size()).isEqualTo(fault == Fault.HALT_AFTER ? 1 : 12);
    assertThat(rig.maintain().getFilesAfter()).isEqualTo(1);
    assertThat(rig.rows()).isEqualTo(before);
  }

  private int inAnotherProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ForkedUpkeep.class.getName(),
                dir.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("forked.log").toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void itIsDoneByItselfWhereItIsNeeded() throws Exception {
    rig.create();
    rig.append(0, 10);
    MutableClock clock = new MutableClock();
    Maintainer maintainer = rig.maintainer(clock);
    maintainer.caughtUp();
    look(maintainer, clock);
    assertThat(files()).as("ten small files are few").hasSize(10);

    rig.told.clear();
    rig.append(10, 1);
    look(maintainer, clock);
    assertThat(rig.told.get(rig.told.size() - 1).getState()).isEqualTo(MaintainState.DONE);
    assertThat(rig.told.get(0).getId()).isEqualTo("auto-kept");
    assertThat(rig.told.get(0).getAutomatic()).isTrue();
    assertThat(files()).hasSize(1);

    rig.told.clear();
    for (int id = 0; id < 4; id++) {
      rig.delete(id);
    }
    look(maintainer, clock);
    assertThat(files()).singleElement().satisfies(task -> assertThat(task.deletes()).isEmpty());
    assertThat(rig.rows()).hasSize(7);
    assertThat(rig.table().refs().keySet()).anyMatch(name -> name.startsWith("hour-"));
  }

  /** Lets an interval pass, as often as it takes until an idle table is looked at again. */
  private static void look(Maintainer maintainer, MutableClock clock) {
    for (int interval = 0; interval < 20; interval++) {
      clock.advance(Duration.ofMinutes(1));
      for (int step = 0; step < 50; step++) {
        maintainer.work();
      }
    }
  }

  @Test
  void eachPartitionIsMergedAndWhatIsSortedStaysSorted() throws Exception {
    Schema columns = UpkeepRig.columns();
    rig.create(
        PartitionSpec.builderFor(columns).truncate("id", 100).build(),
        SortOrder.builderFor(columns).asc("name").build());
    for (int file = 0; file < 5; file++) {
      Map<Long, String> low = new TreeMap<>();
      Map<Long, String> high = new TreeMap<>();
      for (long id = 0; id < 10; id++) {
        low.put(id * 5 + file, "n" + (id * 5 + file + 100));
        high.put(100 + id * 5 + file, "n" + (id * 5 + file + 200));
      }
      rig.append(low);
      rig.append(high);
    }
    Map<Long, String> before = rig.rows();

    assertThat(rig.maintain().getFilesAfter()).isEqualTo(2);

    assertThat(rig.rows()).isEqualTo(before).hasSize(100);
    for (FileScanTask task : files()) {
      assertThat(task.file().sortOrderId()).isEqualTo(rig.table().sortOrder().orderId());
      List<String> names = new ArrayList<>();
      Table table = rig.table();
      try (CloseableIterable<Record> rows =
          Parquet.read(table.io().newInputFile(task.file().location()))
              .project(table.schema())
              .createReaderFunc(found -> GenericParquetReaders.buildReader(table.schema(), found))
              .build()) {
        rows.forEach(row -> names.add((String) row.getField("name")));
      }
      assertThat(names).hasSize(50).isSorted();
    }
  }

  @Test
  void theColumnsOfNowAreWrittenAndOlderRowsHaveTheirDefaults() throws Exception {
    rig.create();
    rig.append(0, 3);
    Table table = rig.table();
    table
        .updateSchema()
        .renameColumn("name", "called")
        .addColumn("more", Types.LongType.get())
        .commit();

    assertThat(rig.maintain().getFilesAfter()).isEqualTo(1);

    List<String> names = new ArrayList<>();
    try (CloseableIterable<Record> rows = IcebergGenerics.read(rig.table()).build()) {
      rows.forEach(row -> names.add(row.getField("called") + " " + row.getField("more")));
    }
    assertThat(names).containsExactlyInAnyOrder("n0 null", "n1 null", "n2 null");
  }

  @Test
  void whatWasBegunIsBegunAgainAndWhatIsNotThereFails() throws Exception {
    rig.create();
    rig.append(0, 3);
    MaintainRun begun = UpkeepRig.request(UpkeepRig.DATASET);
    begun.setState(MaintainState.RUNNING);
    MaintainRun over = UpkeepRig.request(UpkeepRig.DATASET);
    Maintainer maintainer = rig.maintainer(Clock.systemUTC());
    maintainer.take(over);
    maintainer.take(begun);
    over.setState(MaintainState.DONE);
    maintainer.take(over);
    maintainer.caughtUp();
    for (int step = 0; step < 100; step++) {
      maintainer.work();
    }
    assertThat(rig.told).extracting(MaintainRun::getId).containsOnly(begun.getId());
    assertThat(rig.told.get(rig.told.size() - 1).getState()).isEqualTo(MaintainState.DONE);

    MaintainRun none =
        rig.maintain(maintainer, UpkeepRig.request(new DatasetName("no_such_dataset")));
    assertThat(none.getState()).isEqualTo(MaintainState.FAILED);
    assertThat(none.getCode()).isEqualTo("unknown_dataset");
  }
}
