package dev.lakehouse.jobs.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.schemas.event.MaintainRun;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.LocalFileIO;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old snapshots and files that nothing names go; all that somebody may need stays. */
class HistoryTest {
  @TempDir Path dir;
  private UpkeepRig rig;

  @BeforeEach
  void open() {
    rig = new UpkeepRig(dir, Map.of());
    rig.create();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static Clock in(Duration time) {
    return Clock.offset(Clock.systemUTC(), time);
  }

  private SnapshotKeeper keeper(Clock clock) {
    return new SnapshotKeeper(rig.config, clock);
  }

  private SnapshotKeeper.Expired expire(Clock clock) {
    return keeper(clock).expire(rig.table(), rig.used);
  }

  @Test
  void historyStaysShort() throws Exception {
    rig.append(0, 30);
    keeper(Clock.systemUTC()).tag(rig.table());
    assertThat(expire(Clock.systemUTC()).snapshots()).isZero();
    assertThat(rig.table().refs().keySet()).anyMatch(name -> name.startsWith("hour-"));

    rig.append(30, 1);
    assertThat(expire(in(Duration.ofHours(2))).snapshots()).isEqualTo(29);
    assertThat(rig.table().snapshots()).as("the newest and the tagged one").hasSize(2);
    assertThat(rig.rows()).hasSize(31);

    rig.append(31, 2);
    var unused = expire(in(Duration.ofDays(10)));
    assertThat(rig.table().snapshots()).as("the newest").hasSize(1);
    assertThat(rig.rows()).hasSize(33);
    assertThat(LandedState.of(rig.table()).orElseThrow().offsets()).hasToString("0:33");
  }

  @Test
  void whatWasTheNewestUntilAMomentAgoIsKept() throws Exception {
    rig.append(0, 1);
    long read = rig.table().currentSnapshot().snapshotId();
    rig.append(1, 1);
    Clock soon = in(Duration.ofMinutes(59));
    assertThat(expire(soon).snapshots())
        .as("however old it is, it was the newest within the last hour")
        .isZero();
    assertThat(rig.table().snapshot(read)).isNotNull();
    assertThat(expire(in(Duration.ofMinutes(61))).snapshots()).isEqualTo(1);
  }

  @Test
  void whatAQueryReadsIsKeptWithItsFilesAndNothingElse() throws Exception {
    rig.append(0, 5);
    Snapshot read = rig.table().currentSnapshot();
    rig.used.add(read.snapshotId());
    rig.append(5, 5);
    rig.maintain(in(Duration.ofHours(2)));
    Table table = rig.table();
    assertThat(table.snapshots()).hasSize(2);
    assertThat(table.newScan().useSnapshot(read.snapshotId()).planFiles())
        .hasSize(5)
        .allSatisfy(task -> assertThat(LocalFileIO.path(task.file().location())).exists());
    rig.used.clear();
    assertThat(expire(in(Duration.ofHours(2))).files())
        .as("5 files and its metadata")
        .isGreaterThan(5);
    assertThat(rig.rows()).hasSize(10);
  }

  @Test
  void theUpkeepMakesMetadataAndFilesFew() throws Exception {
    rig.append(0, 120);
    MaintainRun run = rig.maintain(in(Duration.ofHours(2)));
    assertThat(run.getSnapshotsExpired()).isGreaterThanOrEqualTo(119);
    assertThat(run.getFilesDeleted()).isGreaterThan(240);
    assertThat(run.getMetadataBytesAfter()).isLessThan(run.getMetadataBytesBefore() / 5);
    try (Stream<Path> files =
        Files.list(LocalFileIO.path(rig.table().location()).resolve("data"))) {
      assertThat(files).hasSize(1);
    }
    assertThat(rig.rows()).hasSize(120);
  }

  private Path orphan(String name, Duration age) throws Exception {
    DataFile file = rig.file(rig.table(), Map.of(99L, name));
    Path path = LocalFileIO.path(file.location());
    Files.setLastModifiedTime(path, FileTime.from(Clock.systemUTC().instant().minus(age)));
    return path;
  }

  @Test
  void orphansGoOnceTheyAreOldAndTheLandingIsDone() throws Exception {
    rig.append(0, 3);
    Path old = orphan("old", Duration.ofDays(4));
    Path young = orphan("young", Duration.ofDays(2));
    rig.unsettled = Optional.of("landing is behind");

    MaintainRun down = rig.maintain();
    assertThat(down.getOrphansLeftFor()).isEqualTo("landing is behind");
    assertThat(old).exists();

    rig.unsettled = Optional.empty();
    MaintainRun run = rig.maintain();
    assertThat(run.getOrphansLeftFor()).isNull();
    assertThat(run.getOrphansRemoved()).isEqualTo(1);
    assertThat(run.getOrphanBytes()).isPositive();
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void whatTheTableNamesIsNoOrphanHoweverOldItIs() throws Exception {
    rig.append(0, 5);
    rig.delete(1);
    MaintainRun run = rig.maintain(in(Duration.ofDays(30)));
    assertThat(run.getOrphansRemoved()).isZero();
    rig.append(5, 3);
    rig.delete(6);
    Map<Long, String> before = rig.rows();
    Orphans orphans =
        new Orphans(
            rig.catalog,
            (dataset, table) -> Optional.empty(),
            Duration.ofDays(3),
            in(Duration.ofDays(30)));
    assertThat(orphans.remove(UpkeepRig.DATASET, rig.table()).files()).isZero();
    assertThat(rig.rows()).isEqualTo(before);
  }

  @Test
  void aDirectoryThatTablesShareIsLeftAsItIs() throws Exception {
    rig.append(0, 3);
    Path old = orphan("old", Duration.ofDays(4));
    rig.catalog
        .catalog()
        .buildTable(
            TableIdentifier.of("lake", "inside"),
            new Schema(Types.NestedField.required(1, "id", Types.LongType.get())))
        .withLocation(rig.table().location() + "/inside")
        .create();
    assertThat(rig.maintain().getOrphansLeftFor()).contains("lake.inside");
    assertThat(old).exists();
  }
}
