package dev.lakehouse.query.table;

import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.Generations;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.OffsetVector;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/** The older states of one table; a few that were read last are kept. Not for many threads. */
final class History {
  private static final int KEPT = 8;

  private final DatasetName dataset;
  private final Map<Long, TableSnapshot> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, TableSnapshot> eldest) {
          return size() > KEPT;
        }
      };

  History(DatasetName dataset) {
    this.dataset = dataset;
  }

  void forget() {
    kept.clear();
  }

  /**
   * The id of the snapshot that is meant.
   *
   * @throws ProblemException {@code unknown_snapshot} if it is not there (any more)
   */
  static long id(DatasetName dataset, Table table, AsOf asOf) {
    if (asOf instanceof AsOf.Version version) {
      if (table.snapshot(version.snapshotId()) == null) {
        throw unknown(dataset, table, "has no snapshot " + version.snapshotId());
      }
      return version.snapshotId();
    }
    if (asOf instanceof AsOf.Moment moment) {
      Long id = SnapshotUtil.nullableSnapshotIdAsOfTime(table, moment.at().toEpochMilli());
      if (id == null || table.snapshot(id) == null) {
        throw unknown(dataset, table, "has no state of " + moment.at());
      }
      return id;
    }
    throw new IllegalArgumentException("not a state of the past: " + asOf);
  }

  /**
   * The id of the newest snapshot of a derived table, from one on backwards, that may be shown.
   *
   * @throws ProblemException {@code table_not_filled} if there is none (any more)
   */
  static long generation(DatasetName dataset, Table table, @Nullable Snapshot from) {
    return Generations.shown(table, from)
        .map(shown -> shown.snapshot().snapshotId())
        .orElseThrow(
            () ->
                Problem.of(
                        409,
                        "table_not_filled",
                        "The table has no rows to show yet",
                        "no refresh of '" + dataset + "' has ended by then")
                    .with("table", dataset.value())
                    .hint("GET /catalog/derived/" + dataset + " says how it stands")
                    .toException());
  }

  private static ProblemException unknown(DatasetName dataset, Table table, String what) {
    Instant oldest = null;
    for (Snapshot each : table.snapshots()) {
      Instant at = Instant.ofEpochMilli(each.timestampMillis());
      oldest = oldest == null || at.isBefore(oldest) ? at : oldest;
    }
    Problem problem =
        Problem.of(404, "unknown_snapshot", "That state is not kept", "'" + dataset + "' " + what)
            .with("table", dataset.value());
    return (oldest == null
            ? problem.hint("the table has no snapshot yet")
            : problem
                .hint("snapshots expire; the oldest that is kept is of " + oldest)
                .with("oldest", oldest.toString()))
        .toException();
  }

  /** The table as it was at a snapshot that it has, with the columns of then. */
  TableSnapshot at(Table table, long id) {
    TableSnapshot before = kept.get(id);
    if (before != null) {
      return before;
    }
    Schema schema = SnapshotUtil.schemaFor(table, id);
    FilePlan plan = FilePlan.scan(dataset, table, schema, id);
    TableSnapshot snapshot =
        new TableSnapshot(
            dataset,
            table.uuid().toString(),
            table.uuid() + "@" + id,
            id,
            offsets(table, table.snapshot(id)),
            schema,
            plan.files(),
            0,
            plan.deletes(),
            plan.metrics(dataset, table, schema));
    kept.put(id, snapshot);
    return snapshot;
  }

  /** What the snapshot says, or the nearest before it that says something. */
  private static OffsetVector offsets(Table table, @Nullable Snapshot snapshot) {
    Snapshot each = snapshot;
    while (each != null) {
      String offsets = each.summary().get(LandedState.OFFSETS);
      if (offsets != null) {
        return OffsetVector.parse(offsets);
      }
      each = each.parentId() == null ? null : table.snapshot(each.parentId());
    }
    return OffsetVector.NONE;
  }
}
