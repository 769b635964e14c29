package dev.lakehouse.ingest.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lakehouse.schemas.event.DatasetChange;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A change as callers see it.
 *
 * @param kind {@code delete} or {@code rename}
 * @param to the new name; absent of a deletion
 * @param state {@code asked}, {@code moving}, {@code done} or {@code given_up}
 * @param reason what it waits for, or why it was given up; absent if there is nothing to say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChangeView(
    String dataset,
    String kind,
    @Nullable String to,
    String state,
    @Nullable String reason,
    String actor,
    Instant askedAt,
    Instant updatedAt) {
  static ChangeView of(DatasetChange change) {
    return new ChangeView(
        change.getDataset(),
        change.getKind().name().toLowerCase(Locale.ROOT),
        change.getTo(),
        change.getState().name().toLowerCase(Locale.ROOT),
        change.getReason().isEmpty() ? null : change.getReason(),
        change.getActor(),
        change.getAskedAt(),
        change.getUpdatedAt());
  }
}
