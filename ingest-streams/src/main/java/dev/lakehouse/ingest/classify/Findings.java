package dev.lakehouse.ingest.classify;

import dev.lakehouse.ingest.classify.evidence.Tally;
import dev.lakehouse.ingest.classify.evidence.Verdict;
import dev.lakehouse.ingest.classify.kind.ColumnName;
import dev.lakehouse.ingest.classify.kind.ColumnName.Hint;
import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.event.KindEvidence;
import dev.lakehouse.schemas.event.PersonalKind;
import dev.lakehouse.schemas.table.FormerFindings;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Evidence as the record that is published. */
final class Findings {
  /** Counts up whenever the rules change; everything is classified anew then. */
  static final int VERSION = 4;

  private Findings() {}

  static ColumnFinding of(Evidence evidence, Evidence.Column column, int version, Clock clock) {
    DatasetState dataset = evidence.dataset();
    ColumnState state = column.state();
    Verdict verdict = state.verdict();
    return ColumnFinding.newBuilder()
        .setDataset(dataset.dataset())
        .setTopic(dataset.topic())
        .setIncarnation(evidence.incarnation())
        .setFieldId(column.fieldId())
        .setColumn(column.path())
        .setKind(verdict.kind())
        .setConfidence(verdict.confidence())
        .setInText(verdict.inText())
        .setEvidence(evidence(state, column.path(), verdict))
        .setValues(state.total().seen())
        .setExamined(state.total().examined())
        .setFirstOffsets(texts(dataset.first()))
        .setOffsets(texts(dataset.next()))
        .setComplete(dataset.unread().isEmpty())
        .setClassifierVersion(version)
        .setUpdatedAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
        .build();
  }

  /**
   * The finding of a column whose table has rows from before it was renamed: personal if it was or
   * is, and not complete where it was not known, or was told by another version.
   */
  static ColumnFinding withFormer(ColumnFinding finding, FormerFindings former, int version) {
    String kind = former.kinds().get(finding.getFieldId());
    if (kind == null) {
      return finding;
    }
    ColumnFinding.Builder both = ColumnFinding.newBuilder(finding);
    if (kind.equals(FormerFindings.UNKNOWN) || former.version() != version) {
      both.setComplete(false);
    }
    if (!kind.equals(FormerFindings.UNKNOWN) && finding.getKind() == PersonalKind.NONE) {
      both.setKind(PersonalKind.valueOf(kind));
    }
    return both.build();
  }

  private static List<KindEvidence> evidence(ColumnState state, String path, Verdict verdict) {
    ColumnName name = ColumnName.of(path);
    Tally total = state.total();
    List<KindEvidence> evidence = new ArrayList<>();
    for (PersonalKind kind : PersonalKind.values()) {
      long values = total.valuesOf(kind);
      long spans = total.spansOf(kind);
      boolean named = name.hint(kind) == Hint.STRONG;
      if (kind != PersonalKind.NONE && (values > 0 || spans > 0 || named)) {
        evidence.add(new KindEvidence(kind, values, spans, named));
      }
    }
    evidence.sort(
        Comparator.comparing((KindEvidence one) -> one.getKind() != verdict.kind())
            .thenComparing(one -> -one.getValues() - one.getSpans()));
    return evidence;
  }

  private static Map<String, Long> texts(Map<Integer, Long> offsets) {
    Map<String, Long> texts = new HashMap<>();
    offsets.forEach((partition, offset) -> texts.put(partition.toString(), offset));
    return texts;
  }
}
