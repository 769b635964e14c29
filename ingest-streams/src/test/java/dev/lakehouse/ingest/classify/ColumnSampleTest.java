package dev.lakehouse.ingest.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.classify.evidence.Tally;
import dev.lakehouse.schemas.event.PersonalKind;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class ColumnSampleTest {
  private final ColumnSample sample = new ColumnSample();
  private long now = 1_000_000;

  private Tally take(int values, IntFunction<String> value) {
    sample.begin(now);
    for (int i = 0; i < values; i++) {
      sample.take(value.apply(i));
    }
    return sample.tally();
  }

  @Test
  void slowValuesAreAllExaminedAndOfFastOnesSome() {
    assertThat(take(150, i -> "order-" + (1000 + i)).examined()).isEqualTo(150);
    Tally fast = take(100_000, i -> "order-" + (1000 + i % 9000));
    assertThat(fast.seen()).isEqualTo(100_000);
    assertThat(fast.examined()).isBetween(50, 200);
    now += 1000;
    assertThat(take(100, i -> "order-" + (1000 + i)).examined()).isEqualTo(100);
  }

  @Test
  void aColumnThatIsKnownWellIsExaminedLess() {
    for (int second = 0; second < 10; second++) {
      int first = 1000 + 300 * second;
      take(300, i -> "order-" + (first + i));
      now += 1000;
    }
    assertThat(take(300, i -> "order-" + (6000 + i)).examined())
        .isBetween(ColumnSample.A_SECOND_WHEN_KNOWN, ColumnSample.A_SECOND_WHEN_KNOWN + 1);
  }

  @Test
  void whatIsMadeOfSomethingElseIsExaminedHoweverLateItComes() {
    take(50_000, i -> "order-" + (1000 + i % 9000));
    assertThat(take(20_000, i -> i == 15_000 ? "a@example.com" : "order-" + (1000 + i % 9000)))
        .extracting(tally -> tally.valuesOf(PersonalKind.EMAIL))
        .isEqualTo(1L);
    Tally text =
        take(
            20_000,
            i ->
                i == 15_000
                    ? "please ask her, 536-22-1234 it is"
                    : "part " + i % 26 + " is on the shelf");
    assertThat(text.spansOf(PersonalKind.NATIONAL_ID)).isEqualTo(1);
    now += 100;
    String page = "Nobody is named on this page of the book. ".repeat(10);
    Tally pages =
        take(20_000, i -> i == 15_000 ? page + "Write to a@example.com today." : page + i);
    assertThat(pages.spansOf(PersonalKind.EMAIL)).isEqualTo(1);
    String numbered = page + "On page 12 of 340 it is 1999, on page 14 it is 2001, then 17 and 3. ";
    assertThat(
            take(20_000, i -> numbered + (i == 15_000 ? "SSN 536-22-1234" : "end " + i))
                .spansOf(PersonalKind.NATIONAL_ID))
        .isEqualTo(1);
    assertThat(pages.examined()).isLessThan(4000);
  }

  @Test
  void aColumnWhoseValuesAreAllDifferentlyMadeIsBounded() {
    Tally all =
        take(
            200_000,
            i -> {
              StringBuilder value = new StringBuilder();
              for (int bit = 0; bit < 11; bit++) {
                value.append((i >> bit & 1) == 0 ? "a" : "7-");
              }
              return value.append(i).toString();
            });
    assertThat(all.seen()).isEqualTo(200_000);
    assertThat(all.examined()).isLessThan(6000);
  }

  @Test
  void whatRepeatsIsExaminedOnceASecond() {
    assertThat(take(100_000, i -> i % 2 == 0 ? "true" : "false").examined()).isEqualTo(2);
    now += 1000;
    assertThat(take(100, i -> "true").examined()).isEqualTo(1);
  }
}
