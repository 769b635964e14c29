package dev.lakehouse.ingest.classify.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.schemas.event.PersonalKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Precision and recall of columns, per kind, on the labelled set and on its held-out part. */
class ColumnQualityTest {
  private static final double RECALL = 0.97;
  private static final double PRECISION = 0.95;

  /** Columns of a resource, as kind;name;values. */
  private static List<LabelledFile.Column> written(String resource) {
    try (InputStream in = ColumnQualityTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(";", 3))
          .map(
              part ->
                  column(part[1], PersonalKind.valueOf(part[0]), List.of(part[2].split("\\|", -1))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LabelledFile.Column column(String name, PersonalKind kind, List<String> values) {
    return new LabelledFile.Column("own", "", name, kind, values);
  }

  private static List<LabelledFile.Column> generated(boolean heldOut) {
    return LabelledColumns.all().stream()
        .filter(one -> one.heldOut() == heldOut)
        .map(one -> column(one.name(), one.kind(), one.values()))
        .toList();
  }

  private static void check(List<LabelledFile.Column> columns, String what) {
    Score score = LabelledFile.columns(columns);
    System.out.println(score.report(what));
    score
        .counts()
        .forEach(
            (kind, count) -> {
              assertThat(count.recall()).as("recall of %s", kind).isGreaterThanOrEqualTo(RECALL);
              assertThat(count.precision())
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
    check(written("written-columns.txt"), "columns written by hand");
  }

  @Test
  void namesInManyLanguages() {
    check(written("named-columns.txt"), "columns named in many languages");
  }
}
