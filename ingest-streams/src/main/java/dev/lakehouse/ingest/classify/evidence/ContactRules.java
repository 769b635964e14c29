package dev.lakehouse.ingest.classify.evidence;

import static dev.lakehouse.schemas.event.PersonalKind.ADDRESS;
import static dev.lakehouse.schemas.event.PersonalKind.EMAIL;
import static dev.lakehouse.schemas.event.PersonalKind.IP_ADDRESS;
import static dev.lakehouse.schemas.event.PersonalKind.PHONE;
import static dev.lakehouse.schemas.event.PersonalKind.POSTAL_CODE;

import dev.lakehouse.ingest.classify.kind.ColumnName.Hint;
import dev.lakehouse.ingest.classify.kind.Signal;

/** By what somebody is reached. */
final class ContactRules {
  private ContactRules() {}

  static void judge(Case column) {
    email(column);
    phone(column);
    ipAddress(column);
    postalCode(column);
    address(column);
  }

  private static void email(Case column) {
    double share = column.share(Signal.EMAIL);
    Hint hint = column.hint(EMAIL);
    if (share >= 0.5) {
      column.score(EMAIL, 0.99);
    } else if (hint != Hint.NONE && share >= 0.15) {
      column.score(EMAIL, 0.95);
    } else if (column.any(Signal.EMAIL)) {
      column.score(EMAIL, 0.8);
    } else if (hint == Hint.STRONG
        && 1 - column.share(Signal.NUMBER, Signal.DATE, Signal.BOOLEAN) >= 0.7) {
      column.score(EMAIL, 0.6);
    }
  }

  private static void phone(Case column) {
    Hint hint = column.hint(PHONE);
    double abroad = column.share(Signal.PHONE_INTERNATIONAL);
    double written = abroad + column.share(Signal.PHONE_LOCAL);
    double bare = column.share(Signal.PHONE_BARE);
    if (hint == Hint.STRONG && column.share(Signal.PHONE_SHAPE) >= 0.4) {
      column.score(PHONE, 0.96);
    } else if (hint == Hint.STRONG && column.share(Signal.PHONE_POSSIBLE) >= 0.5) {
      column.score(PHONE, 0.93);
    } else if (hint == Hint.WEAK && written + bare >= 0.5) {
      column.score(PHONE, 0.9);
    } else if (abroad >= 0.5) {
      column.score(PHONE, 0.95);
    } else if (column.name().denies(PHONE) || column.name().isThing()) {
      return;
    } else if (written >= 0.5) {
      column.score(PHONE, 0.88);
    } else if (written >= 0.2 && written + bare >= 0.7) {
      column.score(PHONE, 0.84);
    } else if (column.tally().bestRegion() >= 0.95
        && column.values() >= 8
        && (column.name().meaningless() || hint == Hint.WEAK)) {
      column.score(PHONE, 0.7);
    } else if (column.few(Signal.PHONE_INTERNATIONAL, Signal.PHONE_SHAPE)) {
      column.score(PHONE, 0.66);
    }
  }

  private static void ipAddress(Case column) {
    double share = column.share(Signal.IP_4, Signal.IP_6);
    boolean small = column.share(Signal.IP_4_SMALL) >= 0.75 * share;
    if (column.isNamed(IP_ADDRESS) && share >= 0.3) {
      column.score(IP_ADDRESS, 0.97);
    } else if (!small && !column.name().denies(IP_ADDRESS) && share >= 0.5) {
      column.score(IP_ADDRESS, 0.96);
    } else if (column.hint(IP_ADDRESS) == Hint.WEAK && share >= 0.5) {
      column.score(IP_ADDRESS, 0.85);
    }
  }

  private static void postalCode(Case column) {
    Hint hint = column.hint(POSTAL_CODE);
    double shape = column.share(Signal.POSTAL_SHAPE);
    double sure = column.share(Signal.POSTAL);
    double separated = column.share(Signal.POSTAL_SEPARATED);
    if (hint == Hint.STRONG && shape >= 0.5) {
      column.score(POSTAL_CODE, 0.97);
    } else if (hint == Hint.WEAK
        && shape >= 0.8
        && column.share(Signal.NUMBER) + sure + separated >= 0.7
        && column.name().has("cp", "pc")) {
      column.score(POSTAL_CODE, 0.8);
    } else if (column.name().denies(POSTAL_CODE) || column.name().isThing()) {
      return;
    } else if (sure >= 0.6) {
      column.score(POSTAL_CODE, 0.9);
    } else if ((sure >= 0.1 && sure + separated >= 0.7)
        || (separated >= 0.9 && column.values() >= 5 && column.hint(PHONE) == Hint.NONE)) {
      column.score(POSTAL_CODE, 0.75);
    }
  }

  private static void address(Case column) {
    Hint hint = column.hint(ADDRESS);
    double street = column.share(Signal.STREET);
    double weak = column.share(Signal.STREET_WEAK);
    boolean plain =
        column.share(Signal.NUMBER) < 0.3
            && column.share(Signal.EMAIL) < 0.2
            && column.share(Signal.URL) < 0.2
            && column.share(Signal.IP_4, Signal.IP_6) < 0.2
            && column.share(Signal.BOOLEAN) < 0.3
            && column.share(Signal.DIGEST) < 0.3
            && column.share(Signal.DATE) < 0.5;
    if (hint == Hint.STRONG && plain) {
      column.score(ADDRESS, street >= 0.3 ? 0.97 : 0.9);
    } else if (column.name().denies(ADDRESS)) {
      return;
    } else if (street >= 0.5) {
      column.score(ADDRESS, 0.92);
    } else if (street >= 0.2 && (hint == Hint.WEAK || street + weak >= 0.8)) {
      column.score(ADDRESS, 0.78);
    }
  }
}
