package dev.lakehouse.ingest.read;

import dev.lakehouse.schemas.event.IngestState;
import dev.lakehouse.schemas.http.Problem;

/** A file that will not be read, however often it is tried. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final IngestState state;
  private final transient Problem problem;

  private Refusal(IngestState state, Problem problem) {
    super(problem.code() + ": " + problem.detail());
    this.state = state;
    this.problem = problem;
  }

  /** The file itself is at fault. */
  static Refusal rejected(Problem problem) {
    return new Refusal(IngestState.REJECTED, problem);
  }

  /** Something around the file is at fault; the same file may be sent again. */
  static Refusal failed(Problem problem) {
    return new Refusal(IngestState.FAILED, problem);
  }

  IngestState state() {
    return state;
  }

  Problem problem() {
    return problem;
  }
}
