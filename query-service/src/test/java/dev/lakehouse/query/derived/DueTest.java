package dev.lakehouse.query.derived;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.schemas.event.DerivedRefresh;
import dev.lakehouse.schemas.event.DerivedState;
import dev.lakehouse.schemas.event.DerivedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DueTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static DerivedTable.Builder table(DerivedRefresh refresh) {
    return DerivedTable.newBuilder()
        .setId("id")
        .setName("made")
        .setSql("SELECT 1")
        .setTimeZone("UTC")
        .setRefresh(refresh)
        .setState(DerivedState.ACTIVE)
        .setTableId("t")
        .setActor("local")
        .setSources(List.of())
        .setCreatedAt(NOW)
        .setUpdatedAt(NOW);
  }

  /** One that was filled by a refresh that began then. */
  private static DerivedTable.Builder filled(DerivedRefresh refresh, Instant started) {
    return table(refresh).setGeneration("g").setAttemptAt(started);
  }

  private static boolean isDue(DerivedTable.Builder table, boolean asked, boolean changed) {
    return Due.isDue(table.build(), asked, () -> changed, PAUSE, NOW);
  }

  @Test
  void whatHasNoRowsIsFilledAtOnce() {
    assertThat(isDue(table(DerivedRefresh.ON_DEMAND), false, false)).isTrue();
    assertThat(isDue(filled(DerivedRefresh.ON_DEMAND, NOW), false, true)).isFalse();
    assertThat(isDue(filled(DerivedRefresh.ON_DEMAND, NOW), true, false)).isTrue();
  }

  @Test
  void aScheduleCountsFromStartToStart() {
    assertThat(
            isDue(
                filled(DerivedRefresh.SCHEDULE, NOW.minusMillis(59_999)).setEveryMs(60_000),
                false,
                true))
        .isFalse();
    assertThat(
            isDue(
                filled(DerivedRefresh.SCHEDULE, NOW.minusMillis(60_000)).setEveryMs(60_000),
                false,
                false))
        .isTrue();
  }

  @Test
  void whatFollowsItsSourcesWaitsOutItsPause() {
    Instant longAgo = NOW.minus(PAUSE);
    assertThat(isDue(filled(DerivedRefresh.ON_COMMIT, longAgo), false, true)).isTrue();
    assertThat(isDue(filled(DerivedRefresh.ON_COMMIT, longAgo), false, false)).isFalse();
    assertThat(isDue(filled(DerivedRefresh.ON_COMMIT, longAgo.plusMillis(1)), false, true))
        .isFalse();
  }

  @Test
  void aRefreshThatACrashEndedIsBegunAnew() {
    assertThat(isDue(filled(DerivedRefresh.ON_DEMAND, NOW).setAttempt("a"), false, false)).isTrue();
    assertThat(isDue(filled(DerivedRefresh.ONCE, NOW), false, false))
        .as("filled, and not yet an ordinary table")
        .isTrue();
  }

  @Test
  void whatFailedIsTriedAgainLaterAndLater() {
    assertThat(
            isDue(
                filled(DerivedRefresh.ON_DEMAND, NOW).setFailures(1).setNextAt(NOW.plusMillis(1)),
                false,
                true))
        .isFalse();
    assertThat(
            isDue(
                filled(DerivedRefresh.ON_DEMAND, NOW).setFailures(1).setNextAt(NOW), false, false))
        .isTrue();
    assertThat(
            isDue(
                filled(DerivedRefresh.ON_DEMAND, NOW).setFailures(1).setNextAt(NOW.plusMillis(1)),
                true,
                false))
        .as("asked for")
        .isTrue();
    assertThat(List.of(1, 2, 3, 9, 10, 1_000).stream().map(Due::pauseAfter))
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(256),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5));
  }

  @Test
  void whatIsToEndIsEndedAndThenLeftAlone() {
    assertThat(
            isDue(
                filled(DerivedRefresh.SCHEDULE, NOW).setEveryMs(1).setState(DerivedState.ENDING),
                false,
                false))
        .isTrue();
    assertThat(
            isDue(
                filled(DerivedRefresh.SCHEDULE, NOW.minusSeconds(9))
                    .setEveryMs(1)
                    .setState(DerivedState.ENDED),
                true,
                true))
        .isFalse();
  }
}
