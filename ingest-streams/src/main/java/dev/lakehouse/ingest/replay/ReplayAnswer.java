package dev.lakehouse.ingest.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of entries.
 *
 * @param replayed written to the dataset's topic now
 * @param replayedBefore out of quarantine before this request
 * @param kept still in quarantine
 * @param results of a request that names entries, one for each in its order; of one for all, those
 *     that were kept
 * @param cursor of a request for all: where to go on; null if there were no more
 */
record ReplayAnswer(
    long replayed, long replayedBefore, long kept, List<Result> results, @Nullable String cursor) {

  /**
   * What became of one entry.
   *
   * @param status {@code replayed}, {@code replayed_before} or {@code kept}
   * @param code why it was kept, for programs
   * @param detail why it was kept, for people
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Result(String entry, String status, @Nullable String code, @Nullable String detail) {
    private static final String REPLAYED = "replayed";
    private static final String KEPT = "kept";

    static Result replayed(String entry) {
      return new Result(entry, REPLAYED, null, null);
    }

    static Result replayedBefore(String entry) {
      return new Result(entry, "replayed_before", null, null);
    }

    static Result kept(String entry, KeptException why) {
      return new Result(entry, KEPT, why.code(), why.reason());
    }

    boolean isReplayed() {
      return status.equals(REPLAYED);
    }

    boolean isKept() {
      return status.equals(KEPT);
    }
  }

  static long replayed(List<Result> results) {
    return results.stream().filter(Result::isReplayed).count();
  }

  static long kept(List<Result> results) {
    return results.stream().filter(Result::isKept).count();
  }
}
