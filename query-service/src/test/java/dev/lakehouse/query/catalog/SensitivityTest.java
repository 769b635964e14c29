package dev.lakehouse.query.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.query.catalog.Sensitivity.State;
import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.event.KindEvidence;
import dev.lakehouse.schemas.event.PersonalKind;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.OffsetVector;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;

class SensitivityTest {
  private static final NestedField COLUMN = NestedField.optional(3, "mail", Types.StringType.get());

  private final Map<String, ColumnFinding> known = new HashMap<>();

  private Sensitivity state(NestedField column, String incarnation, String recorded) {
    return Sensitivity.of(
        column,
        Optional.of(new LandedState("data.t", incarnation, OffsetVector.parse(recorded), 0)),
        (topicId, fieldId) -> Optional.ofNullable(known.get(topicId + "/" + fieldId)));
  }

  private void found(int fieldId, PersonalKind kind, String offsets, boolean complete) {
    Map<String, Long> upTo = new HashMap<>();
    OffsetVector.parse(offsets).next().forEach((part, next) -> upTo.put(part.toString(), next));
    known.put(
        "id-1/" + fieldId,
        ColumnFinding.newBuilder()
            .setDataset("t")
            .setTopic("data.t")
            .setIncarnation("id-1")
            .setFieldId(fieldId)
            .setColumn("mail")
            .setKind(kind)
            .setConfidence(0.9)
            .setEvidence(List.of(new KindEvidence(PersonalKind.EMAIL, 7L, 0L, true)))
            .setValues(10)
            .setExamined(10)
            .setOffsets(upTo)
            .setComplete(complete)
            .setClassifierVersion(2)
            .setUpdatedAt(Instant.EPOCH)
            .build());
  }

  @Test
  void whatNobodyLookedAtIsUnclassified() {
    assertThat(state(COLUMN, "id-1", "0:5").state()).isEqualTo(State.UNCLASSIFIED);
    assertThat(state(COLUMN, "id-1", "").state()).isEqualTo(State.UNCLASSIFIED);
    assertThat(Sensitivity.of(COLUMN, Optional.empty(), Findings.NONE).state())
        .isEqualTo(State.UNCLASSIFIED);
  }

  @Test
  void noneIsCleanUpToWhereItSaw() {
    found(3, PersonalKind.NONE, "0:5,1:2", true);
    assertThat(state(COLUMN, "id-1", "0:5,1:2").state()).isEqualTo(State.CLEAN);
    assertThat(state(COLUMN, "id-1", "0:4").state()).isEqualTo(State.CLEAN);
    assertThat(state(COLUMN, "id-1", "0:6,1:2").state()).isEqualTo(State.CLASSIFYING);
    assertThat(state(COLUMN, "id-1", "0:5,1:2,2:1").state()).isEqualTo(State.CLASSIFYING);
  }

  @Test
  void noneOfAPartOfTheRowsIsNothing() {
    found(3, PersonalKind.NONE, "0:5", false);
    assertThat(state(COLUMN, "id-1", "0:5").state()).isEqualTo(State.UNCLASSIFIED);
  }

  @Test
  void whatWasFoundStaysFoundAndIsToldWithItsEvidence() {
    found(3, PersonalKind.EMAIL, "0:1", false);
    Sensitivity mail = state(COLUMN, "id-1", "0:100");
    assertThat(mail.state()).isEqualTo(State.SENSITIVE);
    assertThat(mail.kind()).isEqualTo("email");
    assertThat(mail.confidence()).isEqualTo(0.9);
    assertThat(mail.evidence()).containsExactly(new Sensitivity.Evidence("email", 7, 0, true));
  }

  @Test
  void anotherIncarnationOrFieldIsAnotherColumn() {
    found(3, PersonalKind.NONE, "0:5", true);
    assertThat(state(COLUMN, "id-2", "0:5").state()).isEqualTo(State.UNCLASSIFIED);
    NestedField again = NestedField.optional(4, "mail", Types.StringType.get());
    assertThat(state(again, "id-1", "0:5").state()).isEqualTo(State.UNCLASSIFIED);
    NestedField renamed = NestedField.optional(3, "address", Types.StringType.get());
    assertThat(state(renamed, "id-1", "0:5").state()).isEqualTo(State.CLEAN);
  }

  @Test
  void aNestedColumnIsAsItsWorstPart() {
    NestedField nested =
        NestedField.optional(
            1,
            "people",
            Types.ListType.ofOptional(
                2,
                Types.StructType.of(
                    NestedField.optional(5, "a", Types.StringType.get()),
                    NestedField.optional(6, "b", Types.LongType.get()))));
    found(5, PersonalKind.NONE, "0:5", true);
    assertThat(state(nested, "id-1", "0:5").state()).isEqualTo(State.UNCLASSIFIED);
    found(6, PersonalKind.NONE, "0:4", true);
    assertThat(state(nested, "id-1", "0:5").state()).isEqualTo(State.CLASSIFYING);
    found(6, PersonalKind.NONE, "0:5", true);
    assertThat(state(nested, "id-1", "0:5").state()).isEqualTo(State.CLEAN);
    found(5, PersonalKind.PHONE, "0:5", true);
    assertThat(state(nested, "id-1", "0:5").state()).isEqualTo(State.SENSITIVE);
  }
}
