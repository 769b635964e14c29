package dev.lakehouse.ingest.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.progress.Answers.Place;
import dev.lakehouse.schemas.table.OffsetVector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is held in memory of ingests is bounded, and right all the same. */
class BoundsTest {
  private static final Instant START = Instant.parse("2024-02-29T00:00:00Z");

  private static Place place(int number, long offset) {
    return new Place(new Position(START.plusSeconds(number), "ev-" + number), 0, offset);
  }

  @Test
  void answersBeyondANumberAndBeforeATimeAreSurplus() {
    Answers answers = new Answers();
    IntStream.range(0, 100_000).forEach(i -> answers.put(place(i, i)));
    assertThat(answers.size()).isEqualTo(100_000);
    assertThat(answers.surplus(START, 100_000)).isEmpty();

    List<String> beyond = answers.surplus(START, 1_000);
    assertThat(beyond).hasSize(99_000).startsWith("ev-0").endsWith("ev-98999");
    beyond.forEach(id -> answers.forget(id, 200_000));
    assertThat(answers.size()).isEqualTo(1_000);
    assertThat(answers.before(Position.NEWEST)).hasSize(1_000);

    assertThat(answers.surplus(START.plusSeconds(99_500), 1_000)).hasSize(500);
  }

  @Test
  void aKeyUsedAgainOutlivesTheForgettingOfItsFirstUse() {
    Answers answers = new Answers();
    answers.put(place(1, 10));
    answers.put(new Place(new Position(START.plusSeconds(99), "ev-1"), 0, 12));
    answers.put(place(1, 10));
    answers.forget("ev-1", 11);
    assertThat(answers.find("ev-1")).map(Place::offset).contains(12L);
    assertThat(answers.before(Position.NEWEST)).hasSize(1);
    answers.forget("ev-1", 13);
    assertThat(answers.find("ev-1")).isEmpty();
    assertThat(answers.before(Position.NEWEST)).isEmpty();
  }

  @Test
  void aPositionIsTheSameAsText() {
    Position position = new Position(START.plusNanos(1_234_000), "ev-1.2");
    assertThat(Position.parse(position.text())).isEqualTo(position);
  }

  @Test
  void refusedPlacesAreCountedOnceAndNotKept() {
    AtomicLong nanos = new AtomicLong();
    RefusedCounts counts = new RefusedCounts(nanos::get);
    for (int again = 0; again < 2; again++) {
      for (int offset = 0; offset < 50_000; offset++) {
        counts.add("file", "data.a", offset % 2, offset);
        counts.add("unkeyed-" + offset, "data.a", 0, offset);
      }
    }
    assertThat(counts.of("file")).isEqualTo(50_000);
    assertThat(counts.of("unkeyed-7")).isEqualTo(1);
    counts.keepOnly("file"::equals);
    assertThat(counts.size()).isEqualTo(50_001);
    nanos.set(Duration.ofHours(2).toNanos());
    counts.keepOnly("file"::equals);
    assertThat(counts.size()).isEqualTo(1);
    assertThat(counts.of("file")).isEqualTo(50_000);
  }

  @Test
  void aLongFilesTransactionsAreThinnedOut() {
    Checkpoints checkpoints = new Checkpoints();
    for (long i = 1; i <= 100_000; i++) {
      checkpoints.add(i * 10, new OffsetVector(Map.of(0, i * 11)));
    }
    assertThat(checkpoints.size()).isLessThanOrEqualTo(256);
    assertThat(checkpoints.rowsBelow(new OffsetVector(Map.of(0, 1_100_000L))))
        .isBetween(980_000L, 1_000_000L);
    assertThat(checkpoints.rowsBelow(new OffsetVector(Map.of(0, 550_000L))))
        .isBetween(480_000L, 500_000L);
  }

  @Test
  void whatIsRecentGivesWay() {
    Recent<Integer, String> recent = new Recent<>(10);
    IntStream.range(0, 1_000).forEach(i -> recent.put(i, "x"));
    assertThat(recent.size()).isEqualTo(10);
    assertThat(recent.find(999)).contains("x");
    assertThat(recent.find(0)).isEmpty();
  }
}
