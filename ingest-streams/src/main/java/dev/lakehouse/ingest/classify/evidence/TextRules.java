package dev.lakehouse.ingest.classify.evidence;

import static dev.lakehouse.schemas.event.PersonalKind.CARD_NUMBER;
import static dev.lakehouse.schemas.event.PersonalKind.CREDENTIALS;
import static dev.lakehouse.schemas.event.PersonalKind.EMAIL;
import static dev.lakehouse.schemas.event.PersonalKind.IBAN;
import static dev.lakehouse.schemas.event.PersonalKind.IP_ADDRESS;
import static dev.lakehouse.schemas.event.PersonalKind.NATIONAL_ID;
import static dev.lakehouse.schemas.event.PersonalKind.PHONE;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.Set;

/** What stands within running texts. */
final class TextRules {
  /** Kinds whose checks are so strict that a few values among many say it. */
  private static final Set<PersonalKind> STRICT =
      Set.of(EMAIL, IBAN, CARD_NUMBER, CREDENTIALS, NATIONAL_ID, PHONE, IP_ADDRESS);

  /** Kinds of which one sure place in all texts is enough. */
  private static final Set<PersonalKind> SELF_EVIDENT =
      Set.of(EMAIL, IBAN, CARD_NUMBER, CREDENTIALS, NATIONAL_ID);

  private static final int FEW_TEXTS = 12;

  private TextRules() {}

  static void judge(Case column) {
    Tally tally = column.tally();
    if (tally.texts() == 0) {
      return;
    }
    tally
        .spanValues()
        .forEach(
            (kind, count) -> {
              double share = (double) count / tally.texts();
              if (!column.isScored(kind) && isEnough(tally, kind, count, share)) {
                double sure = STRICT.contains(kind) ? 0.72 : 0.6;
                column.scoreWithin(kind, sure + share * 0.05);
              }
            });
  }

  private static boolean isEnough(Tally tally, PersonalKind kind, int count, double share) {
    if (SELF_EVIDENT.contains(kind) && tally.sureSpans(kind) > 0) {
      return true;
    }
    return STRICT.contains(kind)
        ? (count >= 2 && share >= 0.03) || (tally.texts() <= FEW_TEXTS && share >= 0.08)
        : count >= 2 && share >= 0.35;
  }
}
