package dev.lakehouse.ingest.schema;

import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.name.DatasetName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Whoever writes records of a dataset holds a pass of it; whoever changes the dataset itself closes
 * it first, so that no new work begins, and waits until none is inside. Safe for use by many
 * threads.
 */
public final class DatasetGate {
  private final Map<String, Place> places = new HashMap<>();
  private final DerivedDatasets derived;

  /**
   * @param derived the datasets whose rows come from a query and from nowhere else
   */
  public DatasetGate(DerivedDatasets derived) {
    this.derived = derived;
  }

  /** What a closed dataset is closed for. */
  public enum Closing {
    /** It is being declared: a moment. */
    DECLARING("declared"),
    /** It is to be renamed: files that were announced are still read. */
    RENAMING("renamed"),
    /** It is between its names: nobody gets in. */
    MOVING("renamed"),
    /** It is being deleted: files that are being read are given up. */
    DELETING("deleted");

    private final String said;

    Closing(String said) {
      this.said = said;
    }
  }

  private static final class Place {
    int inside;
    @Nullable Closing closed;
  }

  /** Leave to write to one dataset, until it is closed. */
  public interface Pass extends AutoCloseable {
    /** Whether the writer is to stop, since the dataset is being deleted. */
    boolean isRevoked();

    @Override
    void close();
  }

  /**
   * Leave for new work.
   *
   * @throws ProblemException 409 {@code dataset_changing} while the dataset is closed, {@code
   *     dataset_derived} if its rows are a query's
   */
  public Pass enter(DatasetName dataset) {
    refuseDerived(dataset);
    return enterOpen(dataset);
  }

  private synchronized Pass enterOpen(DatasetName dataset) {
    Place place = place(dataset);
    if (place.closed != null) {
      throw changing(dataset, place.closed).toException();
    }
    return enter(place);
  }

  /**
   * Refuses what only a dataset of its own can have done to it.
   *
   * @throws ProblemException 409 {@code dataset_derived} if its rows are a query's
   */
  public void refuseDerived(DatasetName dataset) {
    if (derived.contains(dataset)) {
      throw Problem.of(
              409,
              "dataset_derived",
              "The dataset is derived",
              "the rows of dataset '" + dataset + "' are those of a query, and of nothing else")
          .hint("DELETE /catalog/derived/" + dataset + " makes it an ordinary dataset")
          .toException();
    }
  }

  /** Leave for work that can wait; empty while the dataset is closed. */
  public synchronized Optional<Pass> tryEnter(DatasetName dataset) {
    Place place = place(dataset);
    return place.closed == null ? Optional.of(enter(place)) : Optional.empty();
  }

  /**
   * Leave to read a file that was announced; waits while the dataset is being declared or moved.
   *
   * @throws ProblemException 409 {@code dataset_deleted} while the dataset is being deleted
   */
  public synchronized Pass enterAnnounced(DatasetName dataset) {
    Place place = place(dataset);
    try {
      while (place.closed == Closing.DECLARING || place.closed == Closing.MOVING) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    if (place.closed == Closing.DELETING) {
      throw deleted(dataset).toException();
    }
    return enter(place);
  }

  private Pass enter(Place place) {
    place.inside++;
    return new Pass() {
      private boolean left;

      @Override
      public boolean isRevoked() {
        synchronized (DatasetGate.this) {
          return place.closed == Closing.DELETING;
        }
      }

      @Override
      public void close() {
        synchronized (DatasetGate.this) {
          if (!left) {
            left = true;
            place.inside--;
            DatasetGate.this.notifyAll();
          }
        }
      }
    };
  }

  /**
   * Closes the dataset; what is inside goes on.
   *
   * @return whether it was open
   */
  public synchronized boolean close(DatasetName dataset, Closing why) {
    Place place = place(dataset);
    if (place.closed != null) {
      return false;
    }
    place.closed = why;
    return true;
  }

  /**
   * Closes a dataset that is to be renamed for everybody.
   *
   * @return whether nobody is inside; else it stays as it was
   */
  public synchronized boolean seal(DatasetName dataset) {
    Place place = place(dataset);
    if (place.inside > 0) {
      return false;
    }
    place.closed = Closing.MOVING;
    return true;
  }

  /** Opens it again. */
  public synchronized void open(DatasetName dataset) {
    derived.forget(dataset);
    place(dataset).closed = null;
    notifyAll();
  }

  /** How many hold a pass of it. */
  public synchronized int inside(DatasetName dataset) {
    return place(dataset).inside;
  }

  /** Why the dataset takes no new work, as an answer to who brings some. */
  public static Problem changing(DatasetName dataset, Closing why) {
    return Problem.of(
            409,
            "dataset_changing",
            "The dataset is being changed",
            "dataset '" + dataset + "' is being " + why.said)
        .hint("ask again in a moment; GET /catalog/changes shows how far it is");
  }

  /** What is said of a file whose dataset was deleted. */
  public static Problem deleted(DatasetName dataset) {
    return Problem.of(
            409,
            "dataset_deleted",
            "The dataset was deleted",
            "dataset '" + dataset + "' was deleted before the file was read to its end")
        .hint("send the file again to have the dataset anew");
  }

  private Place place(DatasetName dataset) {
    return places.computeIfAbsent(dataset.value(), name -> new Place());
  }
}
