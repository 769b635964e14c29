package dev.lakehouse.ingest.classify.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ingest.classify.kind.ColumnName;
import dev.lakehouse.schemas.event.PersonalKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Precision and recall of columns, per kind, on the labelled set and on its held-out part. */
class ColumnQualityTest {
  private static final double RECALL = 0.97;
  private static final double PRECISION = 0.95;

  private static final class Score {
    int right;
    int missed;
    int wrong;

    double recall() {
      return right + missed == 0 ? 1 : (double) right / (right + missed);
    }

    double precision() {
      return right + wrong == 0 ? 1 : (double) right / (right + wrong);
    }
  }

  /** Columns written by hand after the rules were, as kind;name;values. */
  private static List<LabelledColumn> written() {
    try (InputStream in = ColumnQualityTest.class.getResourceAsStream("written-columns.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(";", 3))
          .map(
              part ->
                  new LabelledColumn(
                      part[1],
                      PersonalKind.valueOf(part[0]),
                      true,
                      List.of(part[2].split("\\|", -1))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PersonalKind judge(LabelledColumn column) {
    Tally tally = new Tally();
    for (String value : new HashSet<>(column.values())) {
      tally.examine(value);
    }
    return Judgement.of(ColumnName.of(column.name()), tally).kind();
  }

  private static Map<PersonalKind, Score> scores(
      List<LabelledColumn> columns, List<String> errors) {
    Map<PersonalKind, Score> scores = new EnumMap<>(PersonalKind.class);
    for (LabelledColumn column : columns) {
      PersonalKind found = judge(column);
      Score expected = scores.computeIfAbsent(column.kind(), any -> new Score());
      if (found == column.kind()) {
        expected.right++;
      } else {
        expected.missed++;
        scores.computeIfAbsent(found, any -> new Score()).wrong++;
        errors.add(
            column.name()
                + " is "
                + column.kind()
                + ", found "
                + found
                + ": "
                + column.values().subList(0, Math.min(3, column.values().size())));
      }
    }
    return scores;
  }

  private static void report(String what, Map<PersonalKind, Score> scores, List<String> errors) {
    StringBuilder text = new StringBuilder(what).append('\n');
    scores.forEach(
        (kind, score) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "  %-14s recall %.3f  precision %.3f  (%d columns)%n",
                    kind,
                    score.recall(),
                    score.precision(),
                    score.right + score.missed)));
    errors.forEach(error -> text.append("  ").append(error).append('\n'));
    System.out.println(text);
  }

  private static List<LabelledColumn> generated(boolean heldOut) {
    return LabelledColumns.all().stream().filter(one -> one.heldOut() == heldOut).toList();
  }

  private static void check(List<LabelledColumn> columns, String what) {
    List<String> errors = new ArrayList<>();
    Map<PersonalKind, Score> scores = scores(columns, errors);
    report(what, scores, errors);
    scores.forEach(
        (kind, score) -> {
          assertThat(score.recall()).as("recall of %s", kind).isGreaterThanOrEqualTo(RECALL);
          assertThat(score.precision())
              .as("precision of %s", kind)
              .isGreaterThanOrEqualTo(PRECISION);
        });
  }

  @Test
  void theLabelledSet() {
    check(generated(false), "labelled columns");
  }

  @Test
  void theHeldOutFormats() {
    check(generated(true), "held-out columns");
  }

  @Test
  void smallColumnsWrittenByHand() {
    check(written(), "columns written by hand");
  }
}
