package dev.lakehouse.ingest.classify.evidence;

import dev.lakehouse.ingest.classify.kind.ColumnName;
import dev.lakehouse.ingest.classify.kind.ColumnName.Hint;
import dev.lakehouse.ingest.classify.kind.Signal;
import dev.lakehouse.schemas.event.PersonalKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** One column before its rules: its name, the tally of its values, and what spoke for what. */
final class Case {
  private final ColumnName name;
  private final Tally tally;
  private final Map<PersonalKind, Double> scores = new EnumMap<>(PersonalKind.class);
  private final Set<PersonalKind> inText = EnumSet.noneOf(PersonalKind.class);

  Case(ColumnName name, Tally tally) {
    this.name = name;
    this.tally = tally;
  }

  ColumnName name() {
    return name;
  }

  Tally tally() {
    return tally;
  }

  /** How many values were examined. */
  int values() {
    return tally.examined();
  }

  Hint hint(PersonalKind kind) {
    return name.hint(kind);
  }

  boolean isNamed(PersonalKind kind) {
    return name.hint(kind) == Hint.STRONG;
  }

  /** The share of values with any of the signals, as far as none has two of them. */
  double share(Signal... signals) {
    double sum = 0;
    for (Signal signal : signals) {
      sum += tally.share(signal);
    }
    return sum;
  }

  /** Whether a signal that nothing else gives stands in any of the values. */
  boolean any(Signal signal) {
    return tally.count(signal) > 0;
  }

  /**
   * Whether some values have a signal, and hardly any that could have it has not: those of which a
   * column has few are told so.
   *
   * @param alike what others that look the same give
   */
  boolean few(Signal signal, Signal alike) {
    int count = tally.count(signal);
    return count >= 2 && count >= 0.8 * tally.count(alike);
  }

  /** Something speaks for a kind; the strongest that does counts. */
  void score(PersonalKind kind, double confidence) {
    scores.merge(kind, confidence, Math::max);
  }

  /** As {@link #score}, by what stands within longer texts. */
  void scoreWithin(PersonalKind kind, double confidence) {
    inText.add(kind);
    score(kind, confidence);
  }

  boolean isScored(PersonalKind kind) {
    return scores.containsKey(kind);
  }

  /** The kind that most speaks for. */
  Verdict verdict() {
    return scores.isEmpty()
        ? new Verdict(PersonalKind.NONE, 0.5 + 0.49 * values() / (values() + 10.0), false)
        : strongest();
  }

  private Verdict strongest() {
    Map.Entry<PersonalKind, Double> best =
        Collections.max(scores.entrySet(), Map.Entry.comparingByValue());
    return new Verdict(best.getKey(), best.getValue(), inText.contains(best.getKey()));
  }
}
