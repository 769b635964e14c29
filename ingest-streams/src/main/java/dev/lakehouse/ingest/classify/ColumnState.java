package dev.lakehouse.ingest.classify;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import dev.lakehouse.ingest.classify.evidence.Judgement;
import dev.lakehouse.ingest.classify.evidence.Tally;
import dev.lakehouse.ingest.classify.evidence.Verdict;
import dev.lakehouse.ingest.classify.kind.ColumnName;
import dev.lakehouse.schemas.event.PersonalKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The evidence of one column. Values are judged in windows, so that many clean values do not hide a
 * few later ones: what a window was judged to be stays, and the last values are judged by
 * themselves too, by the kinds whose checks are strict.
 */
@JsonAutoDetect(
    fieldVisibility = Visibility.ANY,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE)
final class ColumnState {
  /** Examined values after which a window is closed. */
  static final int WINDOW = 400;

  /** Examined values after which the latest are judged by themselves. */
  static final int TAIL = 20;

  private static final int LEAST_TAIL = 3;
  private static final double SURE = 0.85;
  private static final Set<PersonalKind> STRICT =
      EnumSet.of(
          PersonalKind.EMAIL,
          PersonalKind.PHONE,
          PersonalKind.NATIONAL_ID,
          PersonalKind.CARD_NUMBER,
          PersonalKind.IBAN,
          PersonalKind.IP_ADDRESS,
          PersonalKind.CREDENTIALS,
          PersonalKind.ADDRESS);

  /**
   * What some window was judged to be.
   *
   * @param at when it was last so, epoch milliseconds
   */
  record Judged(double confidence, boolean inText, long at) {}

  private String path = "";
  private int fieldId;
  private long windowSince;
  private Tally total = new Tally();
  private Tally before = new Tally();
  private Tally window = new Tally();
  private Tally tail = new Tally();
  private Map<PersonalKind, Judged> judged = new EnumMap<>(PersonalKind.class);

  static ColumnState of(String path, int fieldId) {
    ColumnState state = new ColumnState();
    state.path = path;
    state.fieldId = fieldId;
    return state;
  }

  String path() {
    return path;
  }

  /** The table's field id, 0 while the table has none. */
  int fieldId() {
    return fieldId;
  }

  void fieldId(int id) {
    this.fieldId = id;
  }

  Tally total() {
    return total;
  }

  /** Adds what a run brought. */
  void add(Tally more, long now) {
    if (windowSince == 0) {
      windowSince = now;
    }
    total.add(more);
    window.add(more);
    tail.add(more);
    ColumnName name = ColumnName.of(path);
    if (tail.examined() >= TAIL) {
      remember(tailVerdict(name), now);
      tail = new Tally();
    }
    if (window.examined() >= WINDOW) {
      remember(Judgement.of(name, window), now);
      before = window;
      window = new Tally();
      windowSince = now;
    }
  }

  /** What the column is, by all that was judged and all that is still open. */
  Verdict verdict() {
    ColumnName name = ColumnName.of(path);
    Tally open = new Tally();
    open.add(before);
    open.add(window);
    Verdict best = better(Judgement.of(name, open), tailVerdict(name));
    for (Map.Entry<PersonalKind, Judged> entry : judged.entrySet()) {
      best =
          better(
              best,
              new Verdict(
                  entry.getKey(), entry.getValue().confidence(), entry.getValue().inText()));
    }
    return best;
  }

  /**
   * The evidence with which a column begins that was dropped and added again under this name: what
   * was seen lately may already be its own, what is older is not.
   */
  ColumnState successor(int newFieldId, long recent) {
    ColumnState next = of(path, newFieldId);
    next.tail.add(tail);
    boolean young = windowSince >= recent;
    next.window.add(young ? window : tail);
    next.total.add(young ? window : tail);
    next.windowSince = windowSince;
    judged.forEach(
        (kind, was) -> {
          if (was.at() >= recent) {
            next.judged.put(kind, was);
          }
        });
    return next;
  }

  /** Adds the evidence of other values of the same column. */
  void absorb(ColumnState other, long now) {
    total.add(other.total);
    window.add(other.window);
    remember(other.verdict(), now);
    other.judged.forEach(
        (kind, was) -> remember(new Verdict(kind, was.confidence(), was.inText()), now));
  }

  private Verdict tailVerdict(ColumnName name) {
    Verdict verdict = Judgement.of(name, tail);
    return tail.examined() >= LEAST_TAIL
            && STRICT.contains(verdict.kind())
            && verdict.confidence() >= SURE
        ? verdict
        : new Verdict(PersonalKind.NONE, 0, false);
  }

  private void remember(Verdict verdict, long now) {
    if (verdict.personal()) {
      judged.merge(
          verdict.kind(),
          new Judged(verdict.confidence(), verdict.inText(), now),
          (was, is) -> new Judged(Math.max(was.confidence(), is.confidence()), is.inText(), now));
    }
  }

  private static Verdict better(Verdict one, Verdict other) {
    if (one.personal() != other.personal()) {
      return one.personal() ? one : other;
    }
    return one.confidence() >= other.confidence() ? one : other;
  }
}
