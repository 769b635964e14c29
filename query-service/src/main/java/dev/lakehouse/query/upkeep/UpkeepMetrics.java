package dev.lakehouse.query.upkeep;

import dev.lakehouse.schemas.event.MaintainRun;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.Consumer;

/** Counts what the upkeep did. */
public final class UpkeepMetrics implements Consumer<MaintainRun> {
  private final MeterRegistry registry;

  public UpkeepMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void accept(MaintainRun run) {
    Counter.builder("lakehouse.maintain.runs")
        .description("runs of the upkeep, by how they ended")
        .tag("outcome", run.getState().name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
    count("files.rewritten", "small files, and files with deletes", run.getFilesRewritten());
    count("rows.removed", "deleted rows that left the files", run.getRowsRemoved());
    count("conflicts", "rewrites that were given up", run.getConflicts());
    count("snapshots.expired", "snapshots that were not to be kept", run.getSnapshotsExpired());
    count("orphans.removed", "files that nothing named", run.getOrphansRemoved());
  }

  private void count(String what, String description, long number) {
    Counter.builder("lakehouse.maintain." + what)
        .description(description)
        .register(registry)
        .increment((double) number);
  }
}
