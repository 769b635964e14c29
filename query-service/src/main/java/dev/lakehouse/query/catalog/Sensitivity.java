package dev.lakehouse.query.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.event.PersonalKind;
import dev.lakehouse.schemas.table.LandedState;
import dev.lakehouse.schemas.table.OffsetVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * Whether a column holds personal data. Only {@link State#CLEAN} says that it does not; everything
 * else counts as sensitive.
 *
 * @param kind what was found, as of the strongest part of a nested column; null where nothing is
 *     known of the column
 * @param confidence 0 to 1, that the kind is right
 * @param inText whether it stands within longer texts
 * @param evidence every kind that anything spoke for, strongest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Sensitivity(
    State state,
    @Nullable String kind,
    @Nullable Double confidence,
    @Nullable Boolean inText,
    @Nullable List<Evidence> evidence,
    @Nullable Integer classifierVersion) {
  /** From what is known least. */
  enum State {
    /** Nobody has looked at all of it. */
    @JsonProperty("unclassified")
    UNCLASSIFIED,
    /** Nothing was found so far, and the table has rows that were not looked at yet. */
    @JsonProperty("classifying")
    CLASSIFYING,
    /** Looked at up to the table's last row, and nothing personal found. */
    @JsonProperty("clean")
    CLEAN,
    @JsonProperty("sensitive")
    SENSITIVE
  }

  /**
   * What spoke for a kind.
   *
   * @param values examined values that are of the kind
   * @param spans places of the kind within longer texts
   * @param byName whether the column's name says so
   */
  record Evidence(String kind, long values, long spans, boolean byName) {}

  /** A part that is sensitive counts first, then what is known least. */
  private static final Comparator<Sensitivity> WORST_FIRST =
      Comparator.comparing((Sensitivity part) -> part.state != State.SENSITIVE)
          .thenComparing(part -> part.state)
          .thenComparing(part -> part.confidence == null ? 0 : -part.confidence);

  /** The same without what tells of values and their number. */
  Sensitivity withoutNumbers() {
    return new Sensitivity(state, kind, null, null, null, null);
  }

  private static final Sensitivity UNKNOWN =
      new Sensitivity(State.UNCLASSIFIED, null, null, null, null, null);

  /**
   * The state of a column of a table as it was loaded before the findings were asked.
   *
   * @param landed how far the table has read its topic; empty if it has none
   */
  static Sensitivity of(NestedField column, Optional<LandedState> landed, Findings findings) {
    if (landed.isEmpty() || landed.get().topicId().isEmpty()) {
      return UNKNOWN;
    }
    return leaves(column).stream()
        .map(leaf -> of(findings.of(landed.get().topicId(), leaf), landed.get().offsets()))
        .min(WORST_FIRST)
        .orElse(UNKNOWN);
  }

  /** The ids of the parts of a column that hold values. */
  static List<Integer> leaves(NestedField column) {
    List<Integer> leaves = new ArrayList<>();
    leaves(column.fieldId(), column.type(), leaves);
    return leaves;
  }

  private static void leaves(int fieldId, Type type, List<Integer> leaves) {
    if (type.isNestedType()) {
      type.asNestedType().fields().forEach(field -> leaves(field.fieldId(), field.type(), leaves));
    } else {
      leaves.add(fieldId);
    }
  }

  private static Sensitivity of(Optional<ColumnFinding> known, OffsetVector landed) {
    if (known.isEmpty()) {
      return UNKNOWN;
    }
    ColumnFinding finding = known.get();
    return new Sensitivity(
        state(finding, landed),
        finding.getKind().name().toLowerCase(Locale.ROOT),
        finding.getConfidence(),
        finding.getInText(),
        finding.getEvidence().stream()
            .map(
                each ->
                    new Evidence(
                        each.getKind().name().toLowerCase(Locale.ROOT),
                        each.getValues(),
                        each.getSpans(),
                        each.getByName()))
            .toList(),
        finding.getClassifierVersion());
  }

  private static State state(ColumnFinding finding, OffsetVector landed) {
    if (finding.getKind() != PersonalKind.NONE) {
      return State.SENSITIVE;
    }
    if (!finding.getComplete()) {
      return State.UNCLASSIFIED;
    }
    return covers(finding, landed) ? State.CLEAN : State.CLASSIFYING;
  }

  /** Whether a finding is about all rows up to there. */
  static boolean covers(ColumnFinding finding, OffsetVector landed) {
    return finding.getComplete() && classified(finding).reaches(landed);
  }

  private static OffsetVector classified(ColumnFinding finding) {
    Map<Integer, Long> next = new HashMap<>();
    finding.getOffsets().forEach((part, offset) -> next.put(Integer.valueOf(part), offset));
    return new OffsetVector(next);
  }
}
