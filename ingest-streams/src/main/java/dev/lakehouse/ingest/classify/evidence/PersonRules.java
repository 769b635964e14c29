package dev.lakehouse.ingest.classify.evidence;

import static dev.lakehouse.schemas.event.PersonalKind.DATE_OF_BIRTH;
import static dev.lakehouse.schemas.event.PersonalKind.MEDICAL;
import static dev.lakehouse.schemas.event.PersonalKind.PERSON_NAME;
import static dev.lakehouse.schemas.event.PersonalKind.SALARY;

import dev.lakehouse.ingest.classify.kind.ColumnName.Hint;
import dev.lakehouse.ingest.classify.kind.Signal;

/** What is said of a person: name, birth, health and pay. */
final class PersonRules {
  private static final double LEAST_YEARLY_PAY = 500;

  /** So many names of which only a part is known say something together. */
  private static final int LEAST_NAMES = 6;

  private PersonRules() {}

  static void judge(Case column) {
    personName(column);
    dateOfBirth(column);
    medical(column);
    salary(column);
  }

  private static void personName(Case column) {
    Hint hint = column.hint(PERSON_NAME);
    int n = column.values();
    double full = column.share(Signal.NAME_FULL);
    double half = column.share(Signal.NAME_HALF);
    double given = column.share(Signal.NAME_GIVEN);
    double rare = column.share(Signal.NAME_RARE);
    double single = given + column.share(Signal.NAME_SURNAME);
    if (hint == Hint.STRONG && column.share(Signal.NAME_SHAPE) >= 0.5) {
      column.score(PERSON_NAME, 0.94);
    } else if (column.name().denies(PERSON_NAME)) {
      return;
    } else if (hint == Hint.WEAK
        && (full >= 0.3
            || (full >= 0.15 && full + half >= 0.6)
            || single >= 0.5
            || given + rare >= 0.7
            || (n >= LEAST_NAMES && full + half >= 0.8)
            || full + single >= 0.4)) {
      column.score(PERSON_NAME, 0.86);
    } else if (n >= 3 && (full >= 0.4 || (full >= 0.25 && full + half >= 0.7))) {
      column.score(PERSON_NAME, 0.82);
    } else if (n >= LEAST_NAMES
        && column.name().meaningless()
        && full >= 0.15
        && full + half >= 0.85) {
      column.score(PERSON_NAME, 0.7);
    } else if (n >= 4 && (given >= 0.55 || (given >= 0.25 && given + rare >= 0.85))) {
      column.score(PERSON_NAME, 0.72);
    } else if (n >= 5 && column.share(Signal.NAME_SURNAME) >= 0.55) {
      column.score(PERSON_NAME, 0.68);
    }
  }

  private static void dateOfBirth(Case column) {
    Hint hint = column.hint(DATE_OF_BIRTH);
    double dates = column.share(Signal.DATE, Signal.YEAR);
    boolean births = column.tally().birthYearShare() >= 0.8 && column.tally().yearSpan() >= 25;
    if (hint == Hint.STRONG && dates >= 0.4) {
      column.score(DATE_OF_BIRTH, 0.97);
    } else if (hint == Hint.STRONG && column.share(Signal.NUMBER, Signal.TIMESTAMP) >= 0.5) {
      column.score(DATE_OF_BIRTH, 0.7);
    } else if ((column.name().meaningless() || hint == Hint.WEAK)
        && column.values() >= 5
        && column.share(Signal.DATE) >= 0.8
        && column.share(Signal.TIMESTAMP) < 0.1
        && births) {
      column.score(DATE_OF_BIRTH, 0.68);
    }
  }

  private static void medical(Case column) {
    Hint hint = column.hint(MEDICAL);
    int n = column.values();
    double words = column.share(Signal.MEDICAL_WORD);
    boolean thing = column.name().isThing() && hint == Hint.NONE;
    if (hint == Hint.STRONG && column.share(Signal.DATE) < 0.5) {
      column.score(MEDICAL, 0.92);
    } else if (column.name().denies(MEDICAL)) {
      return;
    } else if (column.share(Signal.ICD) >= 0.6 && n >= 3 && !thing) {
      column.score(MEDICAL, 0.85);
    } else if (hint == Hint.WEAK && column.share(Signal.ICD_CATEGORY) >= 0.6) {
      column.score(MEDICAL, 0.85);
    } else if (column.share(Signal.BLOOD) >= 0.85 && n >= 3) {
      column.score(MEDICAL, 0.85);
    } else if (words >= 0.4) {
      column.score(MEDICAL, 0.84);
    } else if (hint == Hint.WEAK && words >= 0.2) {
      column.score(MEDICAL, 0.8);
    }
  }

  private static void salary(Case column) {
    Hint hint = column.hint(SALARY);
    double money = column.share(Signal.MONEY, Signal.SALARY_TEXT);
    double amounts = money + column.share(Signal.NUMBER);
    double mean = column.tally().meanNumber();
    boolean longitude = column.name().has("lon") && mean < LEAST_YEARLY_PAY;
    boolean numbers = column.share(Signal.DATE) < 0.3 && mean != 0 && !longitude;
    if (hint == Hint.STRONG && ((amounts >= 0.5 && numbers) || money >= 0.5)) {
      column.score(SALARY, 0.94);
    } else if (column.share(Signal.SALARY_TEXT) >= 0.5) {
      column.score(SALARY, 0.85);
    } else if (hint == Hint.WEAK
        && column.name().has("pay", "comp", "bonus")
        && amounts >= 0.7
        && (mean >= LEAST_YEARLY_PAY || money >= 0.5)) {
      column.score(SALARY, 0.7);
    }
  }
}
