package dev.lakehouse.ingest.classify.evidence;

import static dev.lakehouse.schemas.event.PersonalKind.CARD_NUMBER;
import static dev.lakehouse.schemas.event.PersonalKind.CREDENTIALS;
import static dev.lakehouse.schemas.event.PersonalKind.IBAN;
import static dev.lakehouse.schemas.event.PersonalKind.NATIONAL_ID;
import static dev.lakehouse.schemas.event.PersonalKind.PHONE;
import static dev.lakehouse.schemas.event.PersonalKind.POSTAL_CODE;

import dev.lakehouse.ingest.classify.kind.ColumnName.Hint;
import dev.lakehouse.ingest.classify.kind.Schemes;
import dev.lakehouse.ingest.classify.kind.Signal;
import java.util.Map;

/** National ids, cards, accounts and credentials: what is issued, and mostly can be checked. */
final class NumberRules {
  private NumberRules() {}

  static void judge(Case column) {
    nationalId(column);
    card(column);
    iban(column);
    credentials(column);
  }

  private static void nationalId(Case column) {
    Hint hint = column.hint(NATIONAL_ID);
    double best = 0;
    for (Map.Entry<String, Integer> scheme : column.tally().schemes().entrySet()) {
      best = Math.max(best, scheme(column, scheme.getKey(), scheme.getValue(), hint));
    }
    boolean thing = column.name().isThing() && hint == Hint.NONE;
    if (column.share(Signal.NATIONAL) >= 0.75
        && column.tally().count(Signal.NATIONAL) >= 3
        && !thing) {
      best = Math.max(best, 0.86);
    }
    boolean document =
        column.share(Signal.DOCUMENT_SHAPE) >= 0.5
            && column.share(Signal.DATE) < 0.5
            && column.share(Signal.GUID) < 0.3
            && column.share(Signal.EMAIL) < 0.3;
    if (hint == Hint.STRONG && (document || best > 0)) {
      best = Math.max(best, 0.95);
    }
    if (best > 0 && (!column.name().denies(NATIONAL_ID) || best >= 0.93)) {
      column.score(NATIONAL_ID, best);
    }
  }

  private static double scheme(Case column, String scheme, int count, Hint hint) {
    double chance = Schemes.chance(scheme);
    double share = (double) count / column.values();
    boolean otherwise = column.isNamed(PHONE) || column.isNamed(POSTAL_CODE);
    boolean thing = column.name().isThing() && hint == Hint.NONE;
    if (chance == 0 && !thing && (share >= 0.5 || (share >= 0.1 && hint != Hint.NONE))) {
      return 0.96;
    } else if (chance > 0 && chance <= 0.01 && share >= 0.5 && count >= 2 && !thing) {
      return otherwise ? 0.7 : 0.93;
    } else if (chance <= 0.05 && share >= 0.7 && count >= 3 && !thing) {
      return otherwise ? 0.6 : 0.89;
    } else if (chance > 0 && chance <= 0.1 && share >= 0.85 && count >= 6 && !otherwise && !thing) {
      return 0.8;
    } else if (chance == 0 && count >= 2 && !thing && !otherwise) {
      return 0.66;
    } else if (hint == Hint.WEAK && chance <= 0.11 && share >= 0.6) {
      return 0.85;
    } else if (hint == Hint.WEAK
        && chance > 0.5
        && share >= 0.8
        && column.name().has("tax", "taxid", "tin", "social")) {
      return 0.8;
    }
    return 0;
  }

  private static void card(Case column) {
    Hint hint = column.hint(CARD_NUMBER);
    boolean thing = column.name().isThing() && hint == Hint.NONE;
    double share = column.share(Signal.CARD);
    if (share >= 0.6 && (column.tally().count(Signal.CARD) >= 2 || hint != Hint.NONE) && !thing) {
      column.score(CARD_NUMBER, 0.97);
    } else if (hint != Hint.NONE && share >= 0.3) {
      column.score(CARD_NUMBER, 0.93);
    } else if (hint == Hint.STRONG && column.share(Signal.CARD_SHAPE, Signal.CARD_MASKED) >= 0.5) {
      column.score(CARD_NUMBER, 0.93);
    } else if (hint != Hint.NONE && column.share(Signal.CARD_MASKED) >= 0.5) {
      column.score(CARD_NUMBER, 0.85);
    } else if (share >= 0.35 && column.values() >= 10 && !thing) {
      column.score(CARD_NUMBER, 0.7);
    } else if (!thing && column.few(Signal.CARD, Signal.CARD_SHAPE)) {
      column.score(CARD_NUMBER, 0.66);
    }
  }

  private static void iban(Case column) {
    Hint hint = column.hint(IBAN);
    double share = column.share(Signal.IBAN);
    if (share >= 0.4) {
      column.score(IBAN, 0.99);
    } else if (hint != Hint.NONE && share >= 0.1) {
      column.score(IBAN, 0.95);
    } else if (column.any(Signal.IBAN)) {
      column.score(IBAN, 0.8);
    } else if (hint == Hint.STRONG
        && column.share(Signal.BOOLEAN, Signal.NUMBER, Signal.DATE) < 0.3) {
      column.score(IBAN, 0.75);
    }
  }

  private static void credentials(Case column) {
    Hint hint = column.hint(CREDENTIALS);
    boolean bare =
        column.share(Signal.BOOLEAN) < 0.5
            && column.share(Signal.DATE) < 0.5
            && column.share(Signal.URL) < 0.5;
    if (column.share(Signal.SECRET) >= 0.3 || column.any(Signal.SECRET)) {
      column.score(CREDENTIALS, 0.97);
    } else if (hint == Hint.STRONG && bare && column.share(Signal.WORD_LIKE_PASSWORD) >= 0.5) {
      column.score(CREDENTIALS, 0.94);
    } else if (hint == Hint.STRONG && bare && column.share(Signal.RUNNING_TEXT) < 0.5) {
      column.score(CREDENTIALS, 0.8);
    } else if (hint == Hint.WEAK
        && column.share(Signal.PASSWORD_MIXED) >= 0.4
        && column.name().has("pass", "pw", "auth", "token", "clave", "key", "pin")
        && bare) {
      column.score(CREDENTIALS, 0.85);
    } else if (hint == Hint.WEAK
        && column.share(Signal.DIGEST, Signal.GUID) >= 0.6
        && column.name().has("token", "session", "auth", "pass", "salt")) {
      column.score(CREDENTIALS, 0.75);
    }
  }
}
