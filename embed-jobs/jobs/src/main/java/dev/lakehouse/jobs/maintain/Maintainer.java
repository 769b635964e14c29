package dev.lakehouse.jobs.maintain;

import dev.lakehouse.jobs.maintain.Upkeep.Stage;
import dev.lakehouse.schemas.config.LakehouseConfig;
import dev.lakehouse.schemas.config.MaintainConfig;
import dev.lakehouse.schemas.event.MaintainRun;
import dev.lakehouse.schemas.event.MaintainState;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.Generations;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps tables fast, one at a time: those that somebody asked for first, in the order of their
 * asking, and by itself those that need it. What was asked for and not finished, because the job
 * ended, is begun again: it is the same to the table. For one thread.
 */
public final class Maintainer {
  /** The id of a run that began by itself is this before the dataset's name. */
  public static final String BY_ITSELF = "auto-";

  private static final Logger LOG = LoggerFactory.getLogger(Maintainer.class);
  private static final long TELL_MILLIS = 1_000;

  private final LakeCatalog catalog;
  private final MaintainConfig config;
  private final RunBoard board;
  private final Upkeep.Tools tools;
  private final Visits visits;
  private final Clock clock;

  /** What is to be done, by id, in the order it was asked for. */
  private final Map<String, MaintainRun> asked = new LinkedHashMap<>();

  private boolean caughtUp;
  private @Nullable Upkeep current;
  private long toldAt;

  public Maintainer(
      LakehouseConfig config,
      LakeCatalog catalog,
      RunBoard board,
      UsedSnapshots used,
      Landing landing,
      Clock clock) {
    this.catalog = catalog;
    this.config = config.maintain();
    this.board = board;
    this.clock = clock;
    this.tools =
        new Upkeep.Tools(
            new FilePlanner(config.maintain(), FilePlanner.MOST_KEYS),
            new Rewrites(config.maintain(), clock),
            new SnapshotKeeper(config, clock),
            used,
            new Orphans(catalog, landing, config.maintain().orphanAge(), clock));
    this.visits = new Visits(config.maintain(), clock);
  }

  /** Takes what the topic of runs says, from its beginning. */
  public void take(MaintainRun said) {
    boolean open =
        said.getState() == MaintainState.REQUESTED
            || (!caughtUp && said.getState() == MaintainState.RUNNING);
    if (open) {
      asked.putIfAbsent(said.getId(), said);
    } else if (!caughtUp) {
      asked.remove(said.getId());
    }
  }

  /** From now on what the topic says is new. */
  public void caughtUp() {
    caughtUp = true;
  }

  /** Takes one step, if there is something to do; {@link #nextDue} says when to come again. */
  public void work() {
    if (!caughtUp) {
      return;
    }
    if (current == null) {
      begin();
    } else {
      step(current);
    }
  }

  /** When {@link #work} will have something to do if nothing comes, ms since the epoch. */
  public long nextDue() {
    if (!caughtUp) {
      return Long.MAX_VALUE;
    }
    return current != null || !asked.isEmpty() ? clock.millis() : visits.nextDue();
  }

  private void begin() {
    if (!asked.isEmpty()) {
      MaintainRun run = asked.remove(asked.keySet().iterator().next());
      begin(run);
      return;
    }
    Optional<DatasetName> due = visits.next(catalog);
    if (due.isPresent()) {
      visit(due.get());
    }
  }

  private void begin(MaintainRun run) {
    try {
      Optional<Table> table = catalog.table(new DatasetName(run.getDataset()));
      if (table.isEmpty()) {
        throw new UpkeepException("unknown_dataset", "there is no dataset " + run.getDataset());
      }
      begin(run, table.get(), EnumSet.allOf(Stage.class), !run.getAutomatic(), true);
    } catch (UpkeepException e) {
      end(run, e.code(), e.reason());
    } catch (RuntimeException e) {
      fail(run, e);
    }
  }

  private void begin(
      MaintainRun run, Table table, Set<Stage> stages, boolean thorough, boolean deletes)
      throws UpkeepException {
    if (formatVersion(table) > 2) {
      throw new UpkeepException(
          "unsupported_table",
          "table " + table.name() + " is of format version " + formatVersion(table));
    }
    if (stages.contains(Stage.MERGE) && !isWhole(table)) {
      throw new UpkeepException(
          "dataset_refreshing",
          "a refresh of the derived table " + run.getDataset() + " is landing: ask again");
    }
    run.setState(MaintainState.RUNNING);
    run.setStartedAt(clock.instant());
    current = new Upkeep(run, table, stages, thorough, deletes, tools);
    tell(run);
  }

  /** Whether all that is in the table is shown: no refresh of a derived one is on its way. */
  private static boolean isWhole(Table table) {
    return !Generations.isDerived(table)
        || Generations.shown(table)
            .filter(shown -> shown.snapshot().equals(table.currentSnapshot()))
            .isPresent();
  }

  private static int formatVersion(Table table) {
    return ((HasTableOperations) table).operations().current().formatVersion();
  }

  /** Looks at a table that nobody spoke of. */
  private void visit(DatasetName dataset) {
    try {
      Optional<Table> found = catalog.table(dataset);
      if (found.isEmpty() || LandedState.of(found.get()).isEmpty()) {
        visits.nothingToDo(dataset, 0);
        return;
      }
      Table table = found.get();
      tools.keeper().tag(table);
      boolean deletes =
          config.automatic()
              && Upkeep.total(table, SnapshotSummary.TOTAL_DELETE_FILES_PROP)
                  > config.deleteFiles();
      Set<Stage> stages = due(dataset, table, deletes);
      if (stages.isEmpty()) {
        Snapshot current = table.currentSnapshot();
        visits.nothingToDo(dataset, current == null ? 0 : current.snapshotId());
      } else {
        visits.done(dataset);
        begin(automatic(dataset), table, stages, false, deletes);
      }
    } catch (IOException | UpkeepException | RuntimeException e) {
      refuseIfInterrupted(e);
      visits.failed(dataset);
      LOG.warn("the upkeep of {} failed, will be tried again", dataset, e);
    }
  }

  private Set<Stage> due(DatasetName dataset, Table table, boolean deletes) throws IOException {
    Set<Stage> stages = EnumSet.noneOf(Stage.class);
    if (table.currentSnapshot() == null) {
      return stages;
    }
    if (isWhole(table) && (deletes || hasManySmallFiles(table))) {
      stages.add(Stage.MERGE);
      stages.add(Stage.MANIFESTS);
    }
    if (tools.keeper().isDue(table, Set.of())
        && tools.keeper().isDue(table, tools.used().of(dataset))) {
      stages.add(Stage.EXPIRE);
    }
    if (visits.mayHaveOrphans(dataset)) {
      stages.add(Stage.ORPHANS);
    }
    return stages;
  }

  /** Told from the snapshot's own numbers as long as they suffice, for those cost nothing. */
  private boolean hasManySmallFiles(Table table) throws IOException {
    if (!config.automatic()
        || Upkeep.total(table, SnapshotSummary.TOTAL_DATA_FILES_PROP) <= config.smallFiles()) {
      return false;
    }
    FilePlanner.Scope scope =
        new FilePlanner.Scope(false, false, table.currentSnapshot().sequenceNumber(), false);
    return tools.planner().plan(table, scope).smallFiles() >= config.smallFiles();
  }

  private MaintainRun automatic(DatasetName dataset) {
    return MaintainRun.newBuilder()
        .setId(BY_ITSELF + dataset.value())
        .setDataset(dataset.value())
        .setAutomatic(true)
        .setState(MaintainState.REQUESTED)
        .setRequestedAt(clock.instant())
        .setUpdatedAt(clock.instant())
        .build();
  }

  private void step(Upkeep upkeep) {
    MaintainRun run = upkeep.run();
    try {
      if (!upkeep.step()) {
        current = null;
        run.setState(MaintainState.DONE);
        tell(run);
      } else if (clock.millis() - toldAt >= TELL_MILLIS) {
        tell(run);
      }
    } catch (UpkeepException e) {
      end(run, e.code(), e.reason());
    } catch (NoSuchTableException e) {
      end(run, "table_dropped", "the table was dropped or renamed meanwhile");
    } catch (IOException | RuntimeException e) {
      fail(run, e);
    }
  }

  private void fail(MaintainRun run, Exception cause) {
    refuseIfInterrupted(cause);
    LOG.warn("the upkeep of {} failed", run.getDataset(), cause);
    end(run, "maintain_failed", String.valueOf(cause));
  }

  /** A cancelled job leaves the run as it is, for the next to take up. */
  private static void refuseIfInterrupted(Exception cause) {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("interrupted", cause);
    }
  }

  private void end(MaintainRun run, String code, String reason) {
    current = null;
    run.setState(MaintainState.FAILED);
    run.setCode(code);
    run.setError(reason);
    tell(run);
    if (run.getAutomatic()) {
      visits.failed(new DatasetName(run.getDataset()));
    }
  }

  private void tell(MaintainRun run) {
    toldAt = clock.millis();
    run.setUpdatedAt(clock.instant());
    board.publish(run);
  }
}
