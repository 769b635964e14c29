package dev.lakehouse.query.derived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.query.Lake;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.Generations;
import dev.lakehouse.schemas.table.LandedState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows of a derived table are read, between the commits that change it. */
class SwapIT {
  private static final Schema SCHEMA =
      new Schema(NestedField.optional(1, "n", Types.LongType.get()));

  @TempDir static Path dir;
  private static Lake lake;

  @BeforeAll
  static void start() {
    lake = Lake.in(dir);
  }

  @AfterAll
  static void stop() {
    lake.close();
  }

  private static Table derived(String name) {
    Table table = lake.create(name, SCHEMA);
    table.updateProperties().set(Generations.PROPERTY, "d-1").commit();
    return table;
  }

  private static Swap swap(String name) {
    return new Swap(lake.catalog().table(new DatasetName(name)).orElseThrow());
  }

  private static void land(Table table, long... numbers) {
    @Nullable Object[][] rows = new @Nullable Object[numbers.length][];
    for (int i = 0; i < numbers.length; i++) {
      rows[i] = Lake.row(numbers[i]);
    }
    Lake.append(table, rows);
  }

  private static String rows(String from) {
    return lake.rows("SELECT n FROM " + from + " ORDER BY n");
  }

  @Test
  void oneGenerationIsShownAtAnyMoment() {
    Table table = derived("steps");
    assertThat(lake.problem("SELECT * FROM steps").get("code").asText())
        .isEqualTo("table_not_filled");
    Swap swap = swap("steps");
    Swap.Before first = swap.before();
    land(table, 1, 2);
    assertThat(lake.problem("SELECT * FROM steps").get("code").asText())
        .isEqualTo("table_not_filled");
    land(table, 3);
    swap.show("g-1", first, 3, "src:7");
    assertThat(rows("steps")).isEqualTo("[[\"1\"],[\"2\"],[\"3\"]]");
    long shown = current("steps");

    Swap.Before second = swap.before();
    land(table, 10);
    long between = current("steps");
    assertThat(rows("steps")).isEqualTo("[[\"1\"],[\"2\"],[\"3\"]]");
    land(table, 20);
    swap.show("g-2", second, 2, "src:8");
    assertThat(rows("steps")).isEqualTo("[[\"10\"],[\"20\"]]");

    assertThat(rows("steps FOR VERSION AS OF " + shown)).isEqualTo("[[\"1\"],[\"2\"],[\"3\"]]");
    assertThat(rows("steps FOR VERSION AS OF " + between))
        .as("a state in the middle is that of the generation of then")
        .isEqualTo("[[\"1\"],[\"2\"],[\"3\"]]");
    assertThat(swap.shown("g-2")).isPresent();
    assertThat(swap.shown("g-1")).isEmpty();
    assertThat(swap.shown("g-2").orElseThrow().marked().summary())
        .containsEntry(Generations.SOURCES, "src:8")
        .containsEntry("total-records", "2");
  }

  private static long current(String name) {
    return lake.catalog().table(new DatasetName(name)).orElseThrow().currentSnapshot().snapshotId();
  }

  @Test
  void aGenerationWithoutRowsIsShownToo() {
    Table table = derived("empty");
    Swap swap = swap("empty");
    swap.show("g-1", swap.before(), 0, "");
    assertThat(rows("empty")).isEqualTo("[]");
    Swap.Before before = swap.before();
    land(table, 1);
    swap.show("g-2", before, 1, "");
    Swap.Before last = swap.before();
    swap.show("g-3", last, 0, "");
    assertThat(rows("empty")).isEqualTo("[]");
  }

  @Test
  void rowsOfOthersAndRowsThatDidNotFitAreNotShown() {
    Table table = derived("disturbed");
    Swap swap = swap("disturbed");
    swap.show("g-1", swap.before(), 0, "");
    Swap.Before before = swap.before();
    land(table, 1, 2);
    assertThatThrownBy(() -> swap.show("g-2", before, 1, ""))
        .isInstanceOf(Swap.DisturbedException.class)
        .hasMessageContaining("2 new rows where the query has 1");
    table.refresh();
    table
        .updateProperties()
        .set(LandedState.TOPIC, "data.disturbed")
        .set(LandedState.QUARANTINED, "1")
        .commit();
    assertThatThrownBy(() -> swap.show("g-2", before, 2, ""))
        .isInstanceOf(Swap.DisturbedException.class)
        .hasMessageContaining("1 rows do not fit");
    assertThat(rows("disturbed")).isEqualTo("[]");

    Swap.Before again = swap.before();
    land(table, 5);
    swap.show("g-3", again, 1, "");
    assertThat(rows("disturbed")).as("what was left is gone").isEqualTo("[[\"5\"]]");
  }

  @Test
  void whatAFailedRefreshLeftIsTakenOut() {
    Table table = derived("cleared");
    Swap swap = swap("cleared");
    land(table, 9);
    swap.restore();
    assertThat(lake.problem("SELECT * FROM cleared").get("code").asText())
        .isEqualTo("table_not_filled");
    Swap.Before before = swap.before();
    land(table, 1);
    swap.show("g-1", before, 1, "a:1");
    land(table, 2);
    swap.restore();
    table.refresh();
    assertThat(table.currentSnapshot().summary())
        .containsEntry("total-records", "1")
        .containsEntry(Generations.SUMMARY, "g-1")
        .containsEntry(Generations.SOURCES, "a:1");
    assertThat(rows("cleared")).isEqualTo("[[\"1\"]]");
    long settled = table.currentSnapshot().snapshotId();
    swap.restore();
    assertThat(current("cleared")).as("nothing is left to do").isEqualTo(settled);

    swap.release();
    land(table, 3);
    assertThat(rows("cleared")).as("an ordinary table").isEqualTo("[[\"1\"],[\"3\"]]");
  }

  @Test
  void theSameRowsInOtherFilesAreShown() throws Exception {
    Table table = derived("compacted");
    Swap swap = swap("compacted");
    Swap.Before before = swap.before();
    land(table, 1);
    land(table, 2);
    swap.show("g-1", before, 2, "");
    table.refresh();
    Set<DataFile> files = Set.copyOf(files(table));
    land(table, 1, 2);
    table.refresh();
    List<DataFile> all = new ArrayList<>(files(table));
    all.removeIf(file -> files.stream().anyMatch(old -> old.location().equals(file.location())));
    table.newDelete().deleteFile(all.get(0)).commit();
    swap.restore();
    table.refresh();
    RewriteFiles rewrite = table.newRewrite().addFile(all.get(0));
    files.forEach(rewrite::deleteFile);
    rewrite.commit();
    assertThat(rows("compacted")).isEqualTo("[[\"1\"],[\"2\"]]");
    assertThat(Lake.json(lake.get("/catalog/datasets/by-name/compacted")).get("files").asInt())
        .isEqualTo(1);

    Swap.Before next = swap.before();
    land(table, 3);
    swap.show("g-2", next, 1, "");
    assertThat(rows("compacted")).isEqualTo("[[\"3\"]]");
  }

  private static List<DataFile> files(Table table) throws Exception {
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
    }
    return files;
  }

  @Test
  void whatIsShownOutlivesTheSnapshotsBehindIt() {
    Table table = derived("kept");
    Swap swap = swap("kept");
    Swap.Before before = swap.before();
    land(table, 1);
    swap.show("g-1", before, 1, "");
    land(table, 2);
    land(table, 3);
    table.refresh();
    table.expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
    assertThat(rows("kept")).isEqualTo("[[\"1\"]]");
    assertThat(Lake.json(lake.get("/catalog/datasets/by-name/kept")).get("rows").asLong())
        .as("the catalog tells of what is shown")
        .isEqualTo(1);
    assertThat(Map.copyOf(table.properties())).containsEntry(Generations.PROPERTY, "d-1");
  }
}
