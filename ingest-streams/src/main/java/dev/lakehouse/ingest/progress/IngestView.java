package dev.lakehouse.ingest.progress;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.lakehouse.schemas.event.IngestProgress;
import dev.lakehouse.schemas.event.IngestState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An ingest as callers see it.
 *
 * @param state {@code received}, {@code reading}, {@code landing}, {@code done} (all of it can be
 *     queried), {@code undoing} (its rows are leaving the table), {@code undone}, {@code deleted}
 *     (with its dataset), {@code rejected} or {@code failed}
 * @param error a problem as JSON, or null
 */
public record IngestView(
    String id,
    String dataset,
    String state,
    Rows rows,
    @JsonRawValue @Nullable String error,
    String name,
    String kind,
    long bytes,
    String sha256,
    Instant startedAt,
    Instant updatedAt) {

  /**
   * Rows so far.
   *
   * @param read written to the topic or put into quarantine
   * @param landed in the table
   * @param quarantined by the reader or by the landing
   * @param undone taken out of the table again, by an undo or with its dataset
   */
  public record Rows(long read, long landed, long quarantined, long undone) {}

  static IngestView of(IngestProgress progress, boolean allLanded, long landed, long quarantined) {
    boolean undone = progress.getUndoneAt() != null;
    return new IngestView(
        progress.getIngestId(),
        progress.getDataset(),
        state(progress, allLanded),
        new Rows(
            progress.getRowsRead(),
            undone ? 0 : landed,
            quarantined,
            undone ? Math.max(0, progress.getRowsRead() - quarantined) : 0),
        progress.getError(),
        progress.getName(),
        progress.getKind().name().toLowerCase(Locale.ROOT),
        progress.getBytes(),
        progress.getSha256(),
        progress.getStartedAt(),
        progress.getUpdatedAt());
  }

  /** One that had been read when its dataset was deleted. */
  static IngestView deleted(IngestProgress progress, long quarantined) {
    IngestView view = of(progress, true, 0, quarantined);
    return new IngestView(
        view.id(),
        view.dataset(),
        "deleted",
        new Rows(view.rows().read(), 0, quarantined, Math.max(0, view.rows().read() - quarantined)),
        view.error(),
        view.name(),
        view.kind(),
        view.bytes(),
        view.sha256(),
        view.startedAt(),
        view.updatedAt());
  }

  private static String state(IngestProgress progress, boolean allLanded) {
    IngestState state = progress.getState();
    if (progress.getUndoAskedAt() != null && progress.getUndoneAt() == null) {
      return "undoing";
    } else if (state == IngestState.READ && progress.getUndoneAt() != null) {
      return "undone";
    }
    return state == IngestState.READ
        ? allLanded ? "done" : "landing"
        : state.name().toLowerCase(Locale.ROOT);
  }

  /** Whether it stays as it is. */
  boolean isTerminal() {
    return List.of("done", "undone", "deleted", "rejected", "failed").contains(state);
  }
}
