package dev.lakehouse.query.sql;

import dev.lakehouse.query.engine.EngineQuery;
import dev.lakehouse.query.guard.GuardedQuery;
import dev.lakehouse.query.guard.GuardedQuery.Named;
import dev.lakehouse.query.guard.Seen;
import dev.lakehouse.query.guard.TableUse;
import dev.lakehouse.query.policy.View;
import dev.lakehouse.query.table.AsOf;
import dev.lakehouse.query.table.LakeTables;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.query.upkeep.SnapshotUses;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.name.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the states of the tables that a request reads, and what its caller sees of each. */
final class TablesRead {
  private final LakeTables tables;
  private final SnapshotUses reading;

  /**
   * @param reading is told which snapshots are read
   */
  TablesRead(LakeTables tables, SnapshotUses reading) {
    this.tables = tables;
    this.reading = reading;
  }

  /**
   * A query over the states that the request names, as its caller sees them.
   *
   * @param most rows that are wanted
   * @throws ProblemException {@code unknown_table}, and what {@link View#seen} says
   */
  EngineQuery query(GuardedQuery query, SqlRequest request, View view, long most) {
    List<TableSnapshot> snapshots = snapshots(query.tables(), request, view);
    List<Seen> seen = seen(snapshots, request, view);
    return new EngineQuery(
        query,
        new Reach(query, snapshots, seen, request.parameters()).needed(),
        seen,
        false,
        request.parameters(),
        most,
        request.zone());
  }

  static List<Seen> seen(List<TableSnapshot> tables, SqlRequest request, View view) {
    return tables.stream().map(table -> view.seen(table, request.zone())).toList();
  }

  /** One state of each dataset, unless the request or its SQL names several. */
  List<TableSnapshot> snapshots(List<TableUse> uses, SqlRequest request, View view) {
    Past past = request.past();
    past.check(uses);
    for (TableUse use : uses) {
      if (!view.reads(use.dataset())) {
        throw unknown(use.place(), view);
      }
    }
    Map<DatasetName, TableSnapshot> newest = new HashMap<>();
    List<TableSnapshot> snapshots = new ArrayList<>();
    for (TableUse use : uses) {
      AsOf asOf = past.of(use).in(request.zone());
      TableSnapshot known = asOf instanceof AsOf.Now ? newest.get(use.dataset()) : null;
      TableSnapshot snapshot =
          known == null
              ? tables.at(use.dataset(), asOf).orElseThrow(() -> unknown(use.place(), view))
              : known;
      if (asOf instanceof AsOf.Now) {
        newest.put(use.dataset(), snapshot);
        reading.newest(snapshot);
      } else {
        reading.past(snapshot);
        // It might have gone while it was not known to be read.
        snapshot = tables.at(use.dataset(), asOf).orElseThrow(() -> unknown(use.place(), view));
      }
      snapshots.add(snapshot);
    }
    return snapshots;
  }

  private ProblemException unknown(Named name, View view) {
    List<String> known = view.known(tables.names()).stream().map(DatasetName::value).toList();
    List<String> nearest = Nearest.to(name.name(), known, 3);
    Problem problem =
        Problem.of(
                404,
                "unknown_table",
                "There is no such table",
                "there is no dataset '"
                    + name.name()
                    + "', at line "
                    + name.line()
                    + ", column "
                    + name.column())
            .with("table", name.name())
            .with("nearest", nearest)
            .with("line", name.line())
            .with("column", name.column());
    return (nearest.isEmpty()
            ? problem.hint("GET /catalog/datasets lists the datasets")
            : problem.hint("did you mean " + String.join(" or ", nearest) + "?"))
        .toException();
  }
}
