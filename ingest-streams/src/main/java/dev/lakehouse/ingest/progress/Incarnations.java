package dev.lakehouse.ingest.progress;

import dev.lakehouse.schemas.event.IngestProgress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of the datasets that ingests wrote to. An ingest names its dataset's incarnation by
 * the topic's id, which neither a rename nor another dataset of the same name takes over.
 */
public interface Incarnations {
  /** What became of one. */
  sealed interface Fate {
    /** It is as it was. */
    record Current() implements Fate {}

    /** It is between its names; all of it has landed. */
    record Moving() implements Fate {}

    /** All of it had landed when it got another name. */
    record Moved(String dataset) implements Fate {}

    /** It was deleted, or is on its way out. */
    record Deleted() implements Fate {}

    /** The present name of a dataset that this became of; empty if it was deleted. */
    default Optional<String> nameOf(String dataset) {
      if (this instanceof Deleted) {
        return Optional.empty();
      }
      return Optional.of(this instanceof Moved moved ? moved.dataset() : dataset);
    }
  }

  /**
   * What became of a dataset.
   *
   * @param incarnation its topic's id as text
   */
  Fate of(String incarnation);

  /** What became of the dataset that the ingest went to. */
  default Fate of(IngestProgress progress) {
    return of(incarnation(progress));
  }

  /** The ingest's dataset by its present name, or empty if it was deleted. */
  default Optional<String> dataset(IngestProgress progress) {
    return of(progress).nameOf(progress.getDataset());
  }

  /** The topic id of an ingest, as text that is never null. */
  static String incarnation(IngestProgress progress) {
    @Nullable String id = progress.getTopicId();
    return id == null ? "" : id;
  }
}
