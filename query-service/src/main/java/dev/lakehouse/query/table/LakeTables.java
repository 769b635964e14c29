package dev.lakehouse.query.table;

import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.name.Nearest;
import dev.lakehouse.schemas.table.Generations;
import dev.lakehouse.schemas.table.LakeCatalog;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.OffsetVector;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.jspecify.annotations.Nullable;

/**
 * The newest state of each dataset. A look at an unchanged table costs one catalog look-up; its
 * metadata and its plan are read again only when another commit is there. Safe for use by many
 * threads.
 */
public final class LakeTables {
  private final LakeCatalog catalog;
  private final ConcurrentHashMap<DatasetName, Known> known = new ConcurrentHashMap<>();

  public LakeTables(LakeCatalog catalog) {
    this.catalog = catalog;
  }

  /** The names of all datasets. */
  public List<DatasetName> names() {
    return catalog.datasets();
  }

  /**
   * What is answered to who names a dataset that there is not: the names that are nearest to it.
   *
   * @param known whether the asker may know of a dataset
   */
  public ProblemException unknownDataset(String name, Predicate<DatasetName> known) {
    return Problem.of(
            404,
            "unknown_dataset",
            "There is no such dataset",
            "there is no dataset '" + name + "'")
        .with(
            "nearest",
            Nearest.to(name, names().stream().filter(known).map(DatasetName::value).toList(), 3))
        .toException();
  }

  /**
   * The dataset as of now, or empty if there is none.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException {@code unsupported_table} if it could not
   *     be read right
   */
  public Optional<TableSnapshot> newest(DatasetName dataset) {
    return read(dataset, Known::snapshot);
  }

  /**
   * The dataset as it is or was, or empty if there is none. What it was is read with the columns of
   * then.
   *
   * @param asOf a moment, a snapshot or now
   * @throws dev.lakehouse.schemas.http.ProblemException {@code unknown_snapshot} if that state is
   *     not kept, {@code unsupported_table}
   */
  public Optional<TableSnapshot> at(DatasetName dataset, AsOf asOf) {
    return read(dataset, known -> known.at(asOf));
  }

  /** The Iceberg table as of now, or empty if there is none. */
  public Optional<Table> table(DatasetName dataset) {
    return read(dataset, Known::table);
  }

  private <T> Optional<T> read(DatasetName dataset, java.util.function.Function<Known, T> what) {
    Known entry = known.computeIfAbsent(dataset, Known::new);
    synchronized (entry) {
      if (!entry.refresh(catalog)) {
        known.remove(dataset, entry);
        return Optional.empty();
      }
      return Optional.of(what.apply(entry));
    }
  }

  /** What is known of one dataset; used under its own lock. */
  private static final class Known {
    private final DatasetName dataset;
    private @Nullable Table table;
    private @Nullable FilePlan plan;
    private @Nullable TableSnapshot snapshot;
    private final History history;

    Known(DatasetName dataset) {
      this.dataset = dataset;
      this.history = new History(dataset);
    }

    /** Whether the table exists. */
    boolean refresh(LakeCatalog catalog) {
      if (table != null) {
        try {
          table.refresh();
          return true;
        } catch (NoSuchTableException e) {
          forget();
        } catch (IllegalStateException madeAnew) {
          // Iceberg refuses to refresh onto a table of the same name with another identity.
          forget();
        }
      }
      table = catalog.table(dataset).orElse(null);
      return table != null;
    }

    private void forget() {
      table = null;
      plan = null;
      snapshot = null;
      history.forget();
    }

    Table table() {
      return java.util.Objects.requireNonNull(table);
    }

    TableSnapshot snapshot() {
      Table now = table();
      if (Generations.isDerived(now)) {
        check(now);
        return history.at(now, History.generation(dataset, now, now.currentSnapshot()));
      }
      String location = ((HasTableOperations) now).operations().current().metadataFileLocation();
      if (snapshot != null && snapshot.location().equals(location)) {
        return snapshot;
      }
      check(now);
      FilePlan planned = FilePlan.of(dataset, now, plan);
      plan = planned;
      TableSnapshot result =
          new TableSnapshot(
              dataset,
              now.uuid().toString(),
              location,
              planned.snapshotId(),
              LandedState.of(now).map(LandedState::offsets).orElse(OffsetVector.NONE),
              now.schema(),
              planned.files(),
              0,
              planned.deletes(),
              planned.metrics(dataset, now, now.schema()));
      snapshot = result;
      return result;
    }

    TableSnapshot at(AsOf asOf) {
      if (asOf instanceof AsOf.Now) {
        return snapshot();
      }
      Table now = table();
      check(now);
      long asked = History.id(dataset, now, asOf);
      return history.at(
          now,
          Generations.isDerived(now)
              ? History.generation(dataset, now, now.snapshot(asked))
              : asked);
    }

    private void check(Table now) {
      NestedNames.check(dataset, now);
      if (now.properties().containsKey(TableProperties.DEFAULT_NAME_MAPPING)) {
        throw Unsupported.table(dataset, "its files may have no field ids (it has a name mapping)");
      }
    }
  }
}
