package dev.lakehouse.ingest.classify.kind;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One country's number for a person.
 *
 * @param name country and scheme, for evidence ({@code us-ssn})
 * @param written how it is written
 * @param chance how often a random value that is written so passes {@code valid}; 0 where the
 *     writing alone is so peculiar that nothing else looks like it
 * @param valid the check, over the value's digits and capital letters only
 */
record NationalId(String name, Pattern written, double chance, Predicate<String> valid) {
  static NationalId of(String name, String written, double chance, Predicate<String> valid) {
    return new NationalId(name, Pattern.compile(written), chance, valid);
  }

  /** Whether the value is written and checks as this number. */
  boolean matches(String value, String bare) {
    return written.matcher(value).matches() && valid.test(bare);
  }
}
