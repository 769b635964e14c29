package dev.lakehouse.query.upkeep;

import dev.lakehouse.schemas.event.MaintainRun;
import dev.lakehouse.schemas.name.DatasetName;
import java.util.List;
import java.util.Optional;

/** The runs of the upkeep. Safe for use by many threads. */
public interface Runs extends AutoCloseable {
  /** Nothing was asked for, and nothing can be. */
  Runs NONE =
      new Runs() {
        @Override
        public MaintainRun ask(DatasetName dataset) {
          throw new IllegalStateException("there is no broker to ask by");
        }

        @Override
        public Optional<MaintainRun> run(String id) {
          return Optional.empty();
        }

        @Override
        public List<MaintainRun> newest() {
          return List.of();
        }

        @Override
        public void close() {}
      };

  /**
   * Asks for the upkeep of a dataset's table, unless that is asked for and not over.
   *
   * @return the run that is waiting, under way or new
   * @throws dev.lakehouse.schemas.http.ProblemException {@code maintain_unavailable} if the request
   *     could not be kept
   */
  MaintainRun ask(DatasetName dataset);

  /**
   * The run of this id as it was last told.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException {@code maintain_unavailable} if it may be
   *     known and was not read yet
   */
  Optional<MaintainRun> run(String id);

  /** The runs that were told of last, the newest first. */
  List<MaintainRun> newest();

  @Override
  void close();
}
