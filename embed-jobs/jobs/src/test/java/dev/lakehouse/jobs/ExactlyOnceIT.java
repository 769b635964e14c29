package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.jobs.FaultyCatalog.Fault;
import dev.lakehouse.jobs.LandFixture.Way;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.TableNames;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No row is lost or doubled, told by the place of each row and its content. */
class ExactlyOnceIT {
  @ParameterizedTest
  @EnumSource(names = {"DIRECT", "DOOR"})
  void lostAndWrongAnswers(Way way) {
    try (LandFixture fixture = LandFixture.faulty(way)) {
      DatasetName dataset = fixture.topic("answers", 2);
      fixture.plan(Fault.LOST_ANSWER, dataset, 3);
      fixture.land();
      fixture.send(dataset, 0, 300);
      fixture.awaitIds(dataset, 300);
      fixture.plan(Fault.COMMITTED_BUT_FAILED, dataset, 3);
      fixture.send(dataset, 300, 600);
      fixture.awaitIds(dataset, 600);
      fixture.plan(Fault.FAILED, dataset, 4);
      fixture.send(dataset, 600, 900);
      fixture.awaitIds(dataset, 900);
      Awaitility.await()
          .until(
              () -> {
                fixture.send(dataset, 900, 900);
                return FaultyCatalog.left(fixture.faults(), Fault.FAILED, dataset.value()) == 0;
              });
    }
  }

  @Test
  void haltsJustBeforeAndJustAfterACommit() throws Exception {
    try (LandFixture fixture = LandFixture.faulty()) {
      DatasetName dataset = fixture.filled("halts", 1, 200);
      fixture.plan(Fault.HALT_BEFORE, dataset, 1);
      assertThat(fixture.landInAnotherProcess()).isEqualTo(1);
      fixture.plan(Fault.HALT_AFTER, dataset, 1);
      assertThat(fixture.landInAnotherProcess()).isEqualTo(1);
      fixture.send(dataset, 200, 300);
      fixture.land();
      fixture.awaitIds(dataset, 300);
    }
  }

  @Test
  void aCatalogServerThatHaltsJustBeforeAndJustAfterACommit() throws Exception {
    try (LandFixture fixture = LandFixture.faulty(Way.DOOR_APART)) {
      DatasetName dataset = fixture.filled("served", 1, 200);
      fixture.plan(Fault.HALT_BEFORE, dataset, 1);
      try (ForkedDoor door = fixture.openDoor()) {
        fixture.land();
        assertThat(door.awaitEnd()).isEqualTo(1);
      }
      fixture.plan(Fault.HALT_AFTER, dataset, 1);
      try (ForkedDoor door = fixture.openDoor()) {
        assertThat(door.awaitEnd()).isEqualTo(1);
      }
      assertThat(fixture.rows(dataset)).as("committed, and not answered").isNotEmpty();
      fixture.send(dataset, 200, 300);
      try (ForkedDoor door = fixture.openDoor()) {
        fixture.awaitIds(dataset, 300);
        fixture.cancelAll();
      }
    }
  }

  @Test
  void aStatelessStartAndAnOldSavepoint() throws Exception {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.filled("starts", 2, 100);
      JobID first = fixture.land();
      fixture.awaitIds(dataset, 100);
      String old = fixture.savepoint(first);
      fixture.send(dataset, 100, 250);
      fixture.awaitIds(dataset, 250);
      fixture.cancel(first);

      fixture.send(dataset, 250, 400);
      JobID stateless = fixture.land();
      fixture.awaitIds(dataset, 400);
      fixture.cancel(stateless);

      fixture.landFrom(old);
      fixture.send(dataset, 400, 500);
      fixture.awaitIds(dataset, 500);
    }
  }

  @Test
  void anOldRetainedCheckpointWithTheTableAheadOfIt() throws Exception {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.filled("retained", 2, 100);
      JobID first = fixture.land();
      fixture.awaitIds(dataset, 100);
      String old = fixture.checkpoint(first);
      fixture.send(dataset, 100, 250);
      fixture.awaitIds(dataset, 250);
      String newer = fixture.checkpoint(first);
      fixture.send(dataset, 250, 400);
      fixture.awaitIds(dataset, 400);
      fixture.cancel(first);
      assertThat(newer).isNotEqualTo(old);

      DatasetName younger = fixture.filled("younger", 1, 50);
      fixture.send(dataset, 400, 450);
      fixture.landFrom(old);
      fixture.awaitIds(dataset, 450);
      fixture.awaitIds(younger, 50);
      fixture.send(dataset, 450, 500);
      fixture.awaitIds(dataset, 500);
    }
  }

  @Test
  void aSavepointThatIsAheadOfTheTable() throws Exception {
    try (LandFixture fixture = LandFixture.start()) {
      DatasetName dataset = fixture.filled("ahead", 2, 100);
      JobID job = fixture.land();
      fixture.awaitIds(dataset, 100);
      Table table = fixture.catalog.table(dataset).orElseThrow();
      String earlier = ((HasTableOperations) table).operations().current().metadataFileLocation();
      fixture.send(dataset, 100, 300);
      fixture.awaitIds(dataset, 300);
      String ahead = fixture.savepoint(job);
      fixture.cancel(job);

      TableIdentifier name = TableNames.of(dataset);
      fixture.catalog.catalog().dropTable(name, false);
      fixture.catalog.catalog().registerTable(name, earlier);
      fixture.checkIds(dataset, 100);
      fixture.landFrom(ahead);
      fixture.awaitIds(dataset, 300);
      fixture.send(dataset, 300, 310);
      fixture.awaitIds(dataset, 310);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DIRECT", "DOOR"})
  void twoLiveJobsAndACompactionRacing(Way way) throws Exception {
    try (LandFixture fixture = LandFixture.start(way)) {
      DatasetName dataset = fixture.filled("races", 2, 50);
      fixture.land();
      fixture.land();
      fixture.awaitIds(dataset, 50);
      AtomicBoolean racing = new AtomicBoolean(true);
      AtomicInteger compacted = new AtomicInteger();
      Thread compactor =
          new Thread(
              () -> {
                Table table = fixture.catalog.table(dataset).orElseThrow();
                while (racing.get()) {
                  if (Compactor.compact(table)) {
                    compacted.incrementAndGet();
                  }
                }
              });
      compactor.start();
      for (int round = 1; round <= 10; round++) {
        fixture.send(dataset, round * 50, round * 50 + 50);
        int expected = round * 50;
        Awaitility.await().until(() -> fixture.rows(dataset).size() > expected);
      }
      fixture.awaitIds(dataset, 550);
      racing.set(false);
      compactor.join();
      assertThat(compacted.get()).isPositive();
      fixture.checkIds(dataset, 550);
    }
  }
}
