package dev.lakehouse.ingest.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.classify.evidence.Tally;
import dev.lakehouse.schemas.event.PersonalKind;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class ColumnStateTest {
  private static final long NOW = 1_000_000_000L;

  private static void add(ColumnState state, int values, IntFunction<String> value, long at) {
    Tally tally = new Tally();
    for (int i = 0; i < values; i++) {
      tally.examine(value.apply(i));
    }
    tally.see(values);
    state.add(tally, at);
  }

  private static String clean(int i) {
    return "item " + i % 50;
  }

  private static String email(int i) {
    return "p" + i + "@example.com";
  }

  @Test
  void aFewPersonalValuesAfterManyCleanOnesAreSeen() {
    ColumnState state = ColumnState.of("note", 1);
    for (int run = 0; run < 20; run++) {
      add(state, 100, ColumnStateTest::clean, NOW);
    }
    assertThat(state.verdict().kind()).isEqualTo(PersonalKind.NONE);
    add(state, 3, ColumnStateTest::email, NOW);
    assertThat(state.verdict().kind()).isEqualTo(PersonalKind.EMAIL);
  }

  @Test
  void aFewPersonalValuesAmongManyAreSeenWhereverTheyStand() {
    for (String personal :
        new String[] {
          "a@example.com", "DE89370400440532013000", "+49 30 12345678", "536-22-1234"
        }) {
      ColumnState state = ColumnState.of("note", 1);
      add(state, 399, i -> i == 100 || i == 300 ? personal : clean(i), NOW);
      add(state, 400, ColumnStateTest::clean, NOW);
      add(state, 400, ColumnStateTest::clean, NOW);
      add(state, 400, ColumnStateTest::clean, NOW);
      assertThat(state.verdict().personal()).as(personal).isTrue();
    }
  }

  @Test
  void whatWasPersonalStaysSoHoweverManyCleanValuesFollow() {
    ColumnState state = ColumnState.of("note", 1);
    add(state, 40, ColumnStateTest::email, NOW);
    for (int run = 0; run < 50; run++) {
      add(state, 100, ColumnStateTest::clean, NOW + run);
    }
    assertThat(state.verdict().kind()).isEqualTo(PersonalKind.EMAIL);
    assertThat(state.total().seen()).isEqualTo(5040);
  }

  @Test
  void aColumnInAnothersPlaceBeginsWithWhatWasSeenLatelyOnly() {
    ColumnState state = ColumnState.of("note", 1);
    add(state, 500, ColumnStateTest::email, NOW);
    add(state, 500, ColumnStateTest::clean, NOW + 3_600_000);
    ColumnState later = state.successor(2, NOW + 3_540_000);
    assertThat(later.fieldId()).isEqualTo(2);
    assertThat(later.verdict().kind()).isEqualTo(PersonalKind.NONE);
    ColumnState atOnce = state.successor(2, NOW - 1);
    assertThat(atOnce.verdict().kind()).isEqualTo(PersonalKind.EMAIL);
  }

  @Test
  void onePlaceInManyPagesIsEnough() {
    ColumnState state = ColumnState.of("text", 1);
    add(state, 300, i -> "Page " + i + " tells how the ship left the harbour. ".repeat(8), NOW);
    assertThat(state.verdict().kind()).isEqualTo(PersonalKind.NONE);
    add(
        state,
        300,
        i ->
            "Page %d is about the crew. ".formatted(i).repeat(8)
                + (i == 150 ? "The captain's SSN is 536-22-1234." : "Nobody is named."),
        NOW);
    assertThat(state.verdict().kind()).isEqualTo(PersonalKind.NATIONAL_ID);
    assertThat(state.verdict().inText()).isTrue();
    assertThat(state.total().spansOf(PersonalKind.NATIONAL_ID)).isEqualTo(1);
  }

  @Test
  void evidenceOfOtherValuesOfTheColumnAddsUp() {
    ColumnState log = ColumnState.of("note", 1);
    add(log, 50, ColumnStateTest::clean, NOW);
    ColumnState table = ColumnState.of("note", 1);
    add(table, 500, ColumnStateTest::email, NOW);
    add(table, 900, ColumnStateTest::clean, NOW);
    log.absorb(table, NOW);
    assertThat(log.verdict().kind()).isEqualTo(PersonalKind.EMAIL);
    assertThat(log.total().seen()).isEqualTo(1450);
  }
}
