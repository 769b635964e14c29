package dev.lakehouse.ingest.classify.evidence;

import dev.lakehouse.ingest.classify.kind.ColumnName;
import dev.lakehouse.schemas.event.PersonalKind;

/**
 * Decides of what kind a column is from its name and the tally of its values. Each kind gets the
 * confidence of the strongest rule that speaks for it; the kind with the highest is the verdict.
 */
public final class Judgement {
  private Judgement() {}

  /** The verdict on a column. */
  public static Verdict of(ColumnName name, Tally tally) {
    Case column = new Case(name, tally);
    if (column.values() == 0) {
      unseen(column);
    } else {
      NumberRules.judge(column);
      ContactRules.judge(column);
      PersonRules.judge(column);
      TextRules.judge(column);
    }
    return column.verdict();
  }

  /** A column without values is what its name says. */
  private static void unseen(Case column) {
    for (PersonalKind kind : PersonalKind.values()) {
      if (kind != PersonalKind.NONE && column.isNamed(kind)) {
        column.score(kind, 0.5);
      }
    }
  }
}
