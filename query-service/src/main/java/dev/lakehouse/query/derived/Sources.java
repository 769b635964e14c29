package dev.lakehouse.query.derived;

import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.schemas.event.DerivedSource;
import dev.lakehouse.schemas.event.DerivedTable;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.Generations;
import java.util.Optional;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** Tells whether the datasets that a derived table was made of have other rows by now. */
final class Sources {
  private final LakeTables tables;

  Sources(LakeTables tables) {
    this.tables = tables;
  }

  /** Whether one of them has, or is gone. */
  boolean changed(DerivedTable table) {
    return table.getSources().stream().anyMatch(this::changed);
  }

  private boolean changed(DerivedSource source) {
    Optional<Table> table = tables.table(new DatasetName(source.getDataset()));
    return table.isEmpty() || !hasSameRows(table.get(), source.getSnapshotId());
  }

  /** Whether nothing but commits that change no row lie between. */
  private static boolean hasSameRows(Table table, String snapshotId) {
    Snapshot each =
        Generations.isDerived(table)
            ? Generations.shown(table).map(Generations.Shown::snapshot).orElse(null)
            : table.currentSnapshot();
    while (each != null && !isOf(each, snapshotId)) {
      if (changesRows(each)) {
        return false;
      }
      each = each.parentId() == null ? null : table.snapshot(each.parentId());
    }
    return each != null || snapshotId.isEmpty();
  }

  private static boolean isOf(@Nullable Snapshot snapshot, String id) {
    return snapshot != null && Long.toString(snapshot.snapshotId()).equals(id);
  }

  private static boolean changesRows(Snapshot snapshot) {
    return switch (snapshot.operation()) {
      case DataOperations.REPLACE -> false;
      case DataOperations.APPEND ->
          snapshot.summary().containsKey(SnapshotSummary.ADDED_FILES_PROP);
      default -> true;
    };
  }
}
