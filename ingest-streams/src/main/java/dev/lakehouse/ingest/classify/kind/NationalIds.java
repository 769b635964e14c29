package dev.lakehouse.ingest.classify.kind;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Numbers for persons of many countries. The rules are those of the issuing authorities, as
 * Wikipedia's page on national identification numbers collects them.
 */
final class NationalIds {
  private static final int LONGEST = 24;

  /** Where several have the same writing, the order does not matter: each is told. */
  static final List<NationalId> ALL =
      Stream.of(
              AmericanIds.all(),
              WesternIds.all(),
              NorthernIds.all(),
              EasternIds.all(),
              AsianIds.all())
          .flatMap(Collection::stream)
          .toList();

  private NationalIds() {}

  /** The schemes that the value satisfies. */
  static List<NationalId> of(String value) {
    if (value.length() < 8 || value.length() > LONGEST) {
      return List.of();
    }
    String bare = bare(value);
    if (bare.length() < 8) {
      return List.of();
    }
    List<NationalId> found = List.of();
    for (NationalId id : ALL) {
      if (id.matches(value, bare)) {
        if (found.isEmpty()) {
          found = new ArrayList<>(2);
        }
        found.add(id);
      }
    }
    return found;
  }

  /** Digits and letters alone, letters upper case. */
  static String bare(String value) {
    StringBuilder bare = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 128 && Character.isLetterOrDigit(c)) {
        bare.append(c);
      }
    }
    return bare.toString().toUpperCase(Locale.ROOT);
  }
}
