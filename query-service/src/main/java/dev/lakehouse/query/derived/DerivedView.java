package dev.lakehouse.query.derived;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.lakehouse.schemas.event.DerivedRefresh;
import dev.lakehouse.schemas.event.DerivedState;
import dev.lakehouse.schemas.event.DerivedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A derived table as it is told.
 *
 * @param state {@code filling} before its first rows, {@code refreshing}, {@code fresh}, {@code
 *     failing}, {@code ending} or {@code ended}
 * @param generation ingest id of the rows that are shown
 * @param startedAt when the refresh that they are of began
 * @param refreshedAt when they began to be shown
 * @param failures refreshes in a row that failed, the last with {@code error}
 * @param nextAt when it is tried again after a failure
 */
record DerivedView(
    String name,
    String sql,
    String timeZone,
    Refresh refresh,
    String state,
    @Nullable String generation,
    long rows,
    @Nullable Instant startedAt,
    @Nullable Instant refreshedAt,
    List<Source> sources,
    int failures,
    @JsonRawValue @Nullable String error,
    @Nullable Instant failedAt,
    @Nullable Instant nextAt,
    String actor,
    Instant createdAt) {
  /**
   * When it is made again; neither: when somebody asks for it.
   *
   * @param every such as {@code 300s}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Refresh(@Nullable String every, @Nullable Boolean onCommit, @Nullable Boolean once) {}

  /**
   * What the rows were made of.
   *
   * @param snapshotId null before the first rows, or while it had none
   */
  record Source(String dataset, @Nullable String snapshotId) {}

  /** How it stands, and whether a refresh runs. */
  static DerivedView of(DerivedTable table, boolean running) {
    return new DerivedView(
        table.getName(),
        table.getSql(),
        table.getTimeZone(),
        refresh(table),
        state(table, running),
        table.getGeneration(),
        table.getRows(),
        table.getGenerationAt(),
        table.getRefreshedAt(),
        table.getSources().stream()
            .map(
                source ->
                    new Source(
                        source.getDataset(),
                        source.getSnapshotId().isEmpty() ? null : source.getSnapshotId()))
            .toList(),
        table.getFailures(),
        table.getError(),
        table.getFailedAt(),
        table.getNextAt(),
        table.getActor(),
        table.getCreatedAt());
  }

  /** One whose dataset was gone already. */
  static DerivedView gone(DerivedTable table) {
    return of(DerivedTable.newBuilder(table).setState(DerivedState.ENDED).build(), false);
  }

  private static Refresh refresh(DerivedTable table) {
    return new Refresh(
        table.getRefresh() == DerivedRefresh.SCHEDULE ? period(table.getEveryMs()) : null,
        table.getRefresh() == DerivedRefresh.ON_COMMIT ? true : null,
        table.getRefresh() == DerivedRefresh.ONCE ? true : null);
  }

  private static String period(long ms) {
    Duration period = Duration.ofMillis(ms);
    if (ms % 1000 != 0) {
      return ms + "ms";
    } else if (period.toSeconds() % 60 != 0) {
      return period.toSeconds() + "s";
    }
    return period.toMinutes() % 60 == 0 ? period.toHours() + "h" : period.toMinutes() + "m";
  }

  static String state(DerivedTable table, boolean running) {
    if (table.getState() != DerivedState.ACTIVE) {
      return table.getState() == DerivedState.ENDED ? "ended" : "ending";
    } else if (table.getFailures() > 0) {
      return "failing";
    } else if (table.getGeneration() == null) {
      return "filling";
    }
    return running ? "refreshing" : "fresh";
  }
}
