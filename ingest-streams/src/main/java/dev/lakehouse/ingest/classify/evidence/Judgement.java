package dev.lakehouse.ingest.classify.evidence;

import static dev.lakehouse.schemas.event.PersonalKind.ADDRESS;
import static dev.lakehouse.schemas.event.PersonalKind.CARD_NUMBER;
import static dev.lakehouse.schemas.event.PersonalKind.CREDENTIALS;
import static dev.lakehouse.schemas.event.PersonalKind.DATE_OF_BIRTH;
import static dev.lakehouse.schemas.event.PersonalKind.EMAIL;
import static dev.lakehouse.schemas.event.PersonalKind.IBAN;
import static dev.lakehouse.schemas.event.PersonalKind.IP_ADDRESS;
import static dev.lakehouse.schemas.event.PersonalKind.MEDICAL;
import static dev.lakehouse.schemas.event.PersonalKind.NATIONAL_ID;
import static dev.lakehouse.schemas.event.PersonalKind.NONE;
import static dev.lakehouse.schemas.event.PersonalKind.PERSON_NAME;
import static dev.lakehouse.schemas.event.PersonalKind.PHONE;
import static dev.lakehouse.schemas.event.PersonalKind.POSTAL_CODE;
import static dev.lakehouse.schemas.event.PersonalKind.SALARY;

import dev.lakehouse.ingest.classify.kind.ColumnName;
import dev.lakehouse.ingest.classify.kind.ColumnName.Hint;
import dev.lakehouse.ingest.classify.kind.Schemes;
import dev.lakehouse.ingest.classify.kind.Signal;
import dev.lakehouse.schemas.event.PersonalKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Decides of what kind a column is from its name and the tally of its values. Each kind gets the
 * confidence of the strongest rule that speaks for it; the kind with the highest is the verdict.
 */
public final class Judgement {
  /** Kinds whose checks are so strict that a few values among many say it. */
  private static final Set<PersonalKind> STRICT =
      Set.of(EMAIL, IBAN, CARD_NUMBER, CREDENTIALS, NATIONAL_ID, PHONE, IP_ADDRESS);

  /** Kinds of which one sure place in all texts is enough. */
  private static final Set<PersonalKind> SELF_EVIDENT =
      Set.of(EMAIL, IBAN, CARD_NUMBER, CREDENTIALS, NATIONAL_ID);

  private final ColumnName name;
  private final Tally tally;
  private final int n;
  private final Map<PersonalKind, Double> scores = new EnumMap<>(PersonalKind.class);
  private PersonalKind within = NONE;

  private Judgement(ColumnName name, Tally tally) {
    this.name = name;
    this.tally = tally;
    this.n = tally.examined();
  }

  /** The verdict on a column. */
  public static Verdict of(ColumnName name, Tally tally) {
    return new Judgement(name, tally).verdict();
  }

  private Verdict verdict() {
    if (n == 0) {
      unseen();
    } else {
      email();
      credentials();
      nationalId();
      card();
      iban();
      phone();
      ipAddress();
      dateOfBirth();
      postalCode();
      address();
      personName();
      medical();
      salary();
      texts();
    }
    PersonalKind best = NONE;
    double most = 0;
    for (Map.Entry<PersonalKind, Double> score : scores.entrySet()) {
      if (score.getValue() > most) {
        best = score.getKey();
        most = score.getValue();
      }
    }
    return best == NONE
        ? new Verdict(NONE, 0.5 + 0.49 * n / (n + 10.0), false)
        : new Verdict(best, most, best == within);
  }

  /** A column without values is what its name says. */
  private void unseen() {
    for (PersonalKind kind : PersonalKind.values()) {
      if (kind != NONE && name.hint(kind) == Hint.STRONG) {
        score(kind, 0.5);
      }
    }
  }

  private void email() {
    double share = f(Signal.EMAIL);
    Hint hint = name.hint(EMAIL);
    if (share >= 0.5) {
      score(EMAIL, 0.99);
    } else if (hint != Hint.NONE && share >= 0.15) {
      score(EMAIL, 0.95);
    } else if (few(Signal.EMAIL)) {
      score(EMAIL, 0.8);
    } else if (hint == Hint.STRONG && text() >= 0.7) {
      score(EMAIL, 0.6);
    }
  }

  private void credentials() {
    Hint hint = name.hint(CREDENTIALS);
    boolean bare = f(Signal.BOOLEAN) < 0.5 && f(Signal.DATE) < 0.5 && f(Signal.URL) < 0.5;
    if (f(Signal.SECRET) >= 0.3 || few(Signal.SECRET)) {
      score(CREDENTIALS, 0.97);
    } else if (hint == Hint.STRONG && bare && f(Signal.WORD_LIKE_PASSWORD) >= 0.5) {
      score(CREDENTIALS, 0.94);
    } else if (hint == Hint.STRONG && bare && f(Signal.RUNNING_TEXT) < 0.5) {
      score(CREDENTIALS, 0.8);
    } else if (hint == Hint.WEAK
        && f(Signal.DIGEST) + f(Signal.GUID) >= 0.6
        && name.has("token", "session", "auth", "pass", "salt")) {
      score(CREDENTIALS, 0.75);
    }
  }

  private void nationalId() {
    Hint hint = name.hint(NATIONAL_ID);
    double best = 0;
    for (Map.Entry<String, Integer> scheme : tally.schemes().entrySet()) {
      best = Math.max(best, scheme(scheme.getKey(), scheme.getValue(), hint));
    }
    if (f(Signal.NATIONAL) >= 0.75 && tally.count(Signal.NATIONAL) >= 3) {
      best = Math.max(best, 0.86);
    }
    boolean document =
        f(Signal.DOCUMENT_SHAPE) >= 0.5
            && f(Signal.DATE) < 0.5
            && f(Signal.GUID) < 0.3
            && f(Signal.EMAIL) < 0.3;
    if (hint == Hint.STRONG && (document || best > 0)) {
      best = Math.max(best, 0.95);
    }
    if (best > 0 && (!name.denies(NATIONAL_ID) || best >= 0.93)) {
      score(NATIONAL_ID, best);
    }
  }

  private double scheme(String scheme, int count, Hint hint) {
    double chance = Schemes.chance(scheme);
    double share = (double) count / n;
    boolean otherwise = name.hint(PHONE) == Hint.STRONG || name.hint(POSTAL_CODE) == Hint.STRONG;
    if (chance == 0 && (share >= 0.5 || (share >= 0.1 && hint != Hint.NONE))) {
      return 0.96;
    } else if (chance > 0 && chance <= 0.01 && share >= 0.5 && count >= 2) {
      return otherwise ? 0.7 : 0.93;
    } else if (chance <= 0.05 && share >= 0.7 && count >= 3) {
      return otherwise ? 0.6 : 0.89;
    } else if (chance > 0
        && chance <= 0.1
        && share >= 0.85
        && count >= 6
        && !otherwise
        && !productCode()) {
      return 0.8;
    } else if (hint == Hint.WEAK && chance <= 0.11 && share >= 0.6) {
      return 0.85;
    } else if (hint == Hint.WEAK
        && chance > 0.5
        && share >= 0.8
        && name.has("tax", "taxid", "tin", "social")) {
      return 0.8;
    }
    return 0;
  }

  private boolean productCode() {
    return name.has(
        "isbn",
        "ean",
        "upc",
        "gtin",
        "sku",
        "imei",
        "order",
        "product",
        "serial",
        "barcode",
        "invoice",
        "tracking");
  }

  private void card() {
    Hint hint = name.hint(CARD_NUMBER);
    double share = f(Signal.CARD);
    if (share >= 0.6 && (tally.count(Signal.CARD) >= 2 || hint != Hint.NONE) && !productCode()) {
      score(CARD_NUMBER, 0.97);
    } else if (hint != Hint.NONE && share >= 0.3) {
      score(CARD_NUMBER, 0.93);
    } else if (hint == Hint.STRONG && f(Signal.CARD_SHAPE) + f(Signal.CARD_MASKED) >= 0.5) {
      score(CARD_NUMBER, 0.93);
    } else if (share >= 0.35 && n >= 10 && !productCode()) {
      score(CARD_NUMBER, 0.7);
    }
  }

  private void iban() {
    Hint hint = name.hint(IBAN);
    double share = f(Signal.IBAN);
    if (share >= 0.4) {
      score(IBAN, 0.99);
    } else if (hint != Hint.NONE && share >= 0.1) {
      score(IBAN, 0.95);
    } else if (few(Signal.IBAN)) {
      score(IBAN, 0.8);
    } else if (hint == Hint.STRONG && f(Signal.BOOLEAN) + f(Signal.NUMBER) + f(Signal.DATE) < 0.3) {
      score(IBAN, 0.75);
    }
  }

  private void phone() {
    Hint hint = name.hint(PHONE);
    double abroad = f(Signal.PHONE_INTERNATIONAL);
    double written = abroad + f(Signal.PHONE_LOCAL);
    double bare = f(Signal.PHONE_BARE);
    if (hint == Hint.STRONG && f(Signal.PHONE_SHAPE) >= 0.4) {
      score(PHONE, 0.96);
    } else if (hint == Hint.WEAK && written + bare >= 0.5) {
      score(PHONE, 0.9);
    } else if (abroad >= 0.5) {
      score(PHONE, 0.95);
    } else if (name.denies(PHONE) || productCode()) {
      return;
    } else if (written >= 0.5) {
      score(PHONE, 0.88);
    } else if (written >= 0.2 && written + bare >= 0.7) {
      score(PHONE, 0.84);
    } else if (tally.bestRegion() >= 0.95 && n >= 8 && (name.meaningless() || hint == Hint.WEAK)) {
      score(PHONE, 0.7);
    }
  }

  private void ipAddress() {
    double share = f(Signal.IP_4) + f(Signal.IP_6);
    boolean small = f(Signal.IP_4_SMALL) >= 0.75 * share;
    if (name.hint(IP_ADDRESS) == Hint.STRONG && share >= 0.3) {
      score(IP_ADDRESS, 0.97);
    } else if (!small && !name.denies(IP_ADDRESS) && share >= 0.5) {
      score(IP_ADDRESS, 0.96);
    }
  }

  private void dateOfBirth() {
    Hint hint = name.hint(DATE_OF_BIRTH);
    double dates = f(Signal.DATE) + f(Signal.YEAR);
    if (hint == Hint.STRONG && dates >= 0.4) {
      score(DATE_OF_BIRTH, 0.97);
    } else if (hint == Hint.STRONG && f(Signal.NUMBER) + f(Signal.TIMESTAMP) >= 0.5) {
      score(DATE_OF_BIRTH, 0.7);
    } else if (name.meaningless()
        && n >= 5
        && f(Signal.DATE) >= 0.8
        && f(Signal.TIMESTAMP) < 0.1
        && tally.birthYearShare() >= 0.8
        && tally.yearSpan() >= 25) {
      score(DATE_OF_BIRTH, 0.68);
    }
  }

  private void postalCode() {
    Hint hint = name.hint(POSTAL_CODE);
    double shape = f(Signal.POSTAL_SHAPE);
    double sure = f(Signal.POSTAL);
    double separated = f(Signal.POSTAL_SEPARATED);
    if (hint == Hint.STRONG && shape >= 0.5) {
      score(POSTAL_CODE, 0.97);
    } else if (hint == Hint.WEAK
        && shape >= 0.8
        && f(Signal.NUMBER) + sure + separated >= 0.7
        && name.has("cp", "pc")) {
      score(POSTAL_CODE, 0.8);
    } else if (name.denies(POSTAL_CODE)) {
      return;
    } else if (sure >= 0.6) {
      score(POSTAL_CODE, 0.9);
    } else if ((sure >= 0.1 && sure + separated >= 0.7)
        || (separated >= 0.9 && n >= 5 && name.hint(PHONE) == Hint.NONE && !productCode())) {
      score(POSTAL_CODE, 0.75);
    }
  }

  private void address() {
    Hint hint = name.hint(ADDRESS);
    double street = f(Signal.STREET);
    double weak = f(Signal.STREET_WEAK);
    boolean plain =
        f(Signal.NUMBER) < 0.3
            && f(Signal.EMAIL) < 0.2
            && f(Signal.URL) < 0.2
            && f(Signal.IP_4) + f(Signal.IP_6) < 0.2
            && f(Signal.BOOLEAN) < 0.3
            && f(Signal.DIGEST) < 0.3
            && f(Signal.DATE) < 0.3;
    if (hint == Hint.STRONG && plain) {
      score(ADDRESS, street >= 0.3 ? 0.97 : 0.9);
    } else if (name.denies(ADDRESS)) {
      return;
    } else if (street >= 0.5) {
      score(ADDRESS, 0.92);
    } else if (street >= 0.2 && (hint == Hint.WEAK || street + weak >= 0.8)) {
      score(ADDRESS, 0.78);
    }
  }

  private void personName() {
    Hint hint = name.hint(PERSON_NAME);
    double full = f(Signal.NAME_FULL);
    double half = f(Signal.NAME_HALF);
    double given = f(Signal.NAME_GIVEN);
    double single = given + f(Signal.NAME_SURNAME);
    if (hint == Hint.STRONG && f(Signal.NAME_SHAPE) >= 0.5) {
      score(PERSON_NAME, 0.94);
    } else if (name.denies(PERSON_NAME)) {
      return;
    } else if (hint == Hint.WEAK
        && (full >= 0.3
            || (full >= 0.15 && full + half >= 0.6)
            || single >= 0.5
            || full + single >= 0.4)) {
      score(PERSON_NAME, 0.86);
    } else if (n >= 3 && (full >= 0.4 || (full >= 0.25 && full + half >= 0.7))) {
      score(PERSON_NAME, 0.82);
    } else if (n >= 4 && given >= 0.55) {
      score(PERSON_NAME, 0.72);
    } else if (n >= 5 && f(Signal.NAME_SURNAME) >= 0.55) {
      score(PERSON_NAME, 0.68);
    }
  }

  private void medical() {
    Hint hint = name.hint(MEDICAL);
    if (hint == Hint.STRONG && f(Signal.DATE) < 0.5) {
      score(MEDICAL, 0.92);
    } else if (name.denies(MEDICAL)) {
      return;
    } else if (f(Signal.ICD) >= 0.6 && n >= 3 && !productCode()) {
      score(MEDICAL, 0.85);
    } else if (f(Signal.BLOOD) >= 0.85 && n >= 3) {
      score(MEDICAL, 0.85);
    } else if (f(Signal.MEDICAL_WORD) >= 0.4) {
      score(MEDICAL, 0.84);
    } else if (hint == Hint.WEAK && f(Signal.MEDICAL_WORD) >= 0.2) {
      score(MEDICAL, 0.8);
    }
  }

  private void salary() {
    Hint hint = name.hint(SALARY);
    double amounts = f(Signal.NUMBER) + f(Signal.MONEY);
    if ((hint == Hint.STRONG
            && amounts + f(Signal.SALARY_TEXT) >= 0.5
            && f(Signal.DATE) < 0.3
            && tally.meanNumber() != 0)
        || (hint == Hint.STRONG && f(Signal.MONEY) + f(Signal.SALARY_TEXT) >= 0.5)) {
      score(SALARY, 0.94);
    } else if (f(Signal.SALARY_TEXT) >= 0.5) {
      score(SALARY, 0.85);
    }
  }

  private void texts() {
    int texts = tally.texts();
    if (texts == 0) {
      return;
    }
    tally
        .spanValues()
        .forEach(
            (kind, count) -> {
              double share = (double) count / texts;
              boolean enough =
                  (SELF_EVIDENT.contains(kind) && tally.sureSpans(kind) > 0)
                      || (STRICT.contains(kind)
                          ? (count >= 2 && share >= 0.03) || (texts <= 12 && share >= 0.08)
                          : count >= 2 && share >= 0.35);
              if (enough && scores.getOrDefault(kind, 0.0) == 0) {
                double sure = STRICT.contains(kind) ? 0.72 : 0.6;
                if (scores.values().stream().noneMatch(score -> score >= sure + share * 0.05)) {
                  within = kind;
                }
                score(kind, sure + share * 0.05);
              }
            });
  }

  /** Share of values that are neither numbers, dates nor truths. */
  private double text() {
    return 1 - f(Signal.NUMBER) - f(Signal.DATE) - f(Signal.BOOLEAN);
  }

  /** Whether a signal that nothing else gives stands in a few of the values. */
  private boolean few(Signal signal) {
    int count = tally.count(signal);
    return (count >= 2 && f(signal) >= 0.01) || (count == 1 && n <= 25);
  }

  private double f(Signal signal) {
    return tally.share(signal);
  }

  private void score(PersonalKind kind, double confidence) {
    scores.merge(kind, confidence, Math::max);
  }
}
