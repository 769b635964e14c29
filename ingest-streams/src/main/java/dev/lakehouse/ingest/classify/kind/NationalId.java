package dev.lakehouse.ingest.classify.kind;

import java.util.BitSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One country's number for a person.
 *
 * @param name country and scheme, for evidence ({@code us-ssn})
 * @param written how it is written
 * @param chance how often a random value that is written so passes {@code valid}; 0 where the
 *     writing alone is so peculiar that nothing else looks like it
 * @param first the characters of ASCII that it can begin with
 * @param valid the check, over the value's digits and capital letters only
 */
record NationalId(
    String name, Pattern written, double chance, BitSet first, Predicate<String> valid) {
  private static final int CHARACTERS = 128;

  static NationalId of(String name, String written, double chance, Predicate<String> valid) {
    Pattern pattern = Pattern.compile(written);
    BitSet first = new BitSet(CHARACTERS);
    for (int c = 0; c < CHARACTERS; c++) {
      Matcher matcher = pattern.matcher(String.valueOf((char) c));
      if (matcher.matches() || matcher.hitEnd()) {
        first.set(c);
      }
    }
    return new NationalId(name, pattern, chance, first, valid);
  }

  /** Whether the value is written and checks as this number. */
  boolean matches(String value, String bare) {
    return first.get(value.charAt(0)) && written.matcher(value).matches() && valid.test(bare);
  }
}
