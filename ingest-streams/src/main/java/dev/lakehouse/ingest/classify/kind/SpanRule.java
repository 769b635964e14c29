package dev.lakehouse.ingest.classify.kind;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What is found in a text by a pattern.
 *
 * @param group of the pattern that is the place
 * @param valid the check of the place
 * @param things whether the words before it may say that it is something else
 */
record SpanRule(
    PersonalKind kind,
    double confidence,
    Pattern pattern,
    int group,
    Predicate<String> valid,
    boolean things) {

  private static final int CARD_DIGITS = 13;
  private static final int NATIONAL_DIGITS = 4;
  private static final int DATE_DIGITS = 3;
  private static final int SALARY_DIGITS = 2;

  /** Whether the pattern can match a text with so many digits at all. */
  boolean isPossible(String text, int digits) {
    return switch (kind) {
      case CARD_NUMBER -> digits >= CARD_DIGITS;
      case NATIONAL_ID -> digits >= NATIONAL_DIGITS;
      case DATE_OF_BIRTH -> digits >= DATE_DIGITS;
      case SALARY -> digits >= SALARY_DIGITS;
      case IP_ADDRESS -> digits >= DATE_DIGITS || text.contains("::");
      case EMAIL -> text.indexOf('@') >= 0;
      default -> true;
    };
  }

  /** Whether the words before say that this numbers a thing. */
  boolean isDenied(String text, int at) {
    return things && SpanRules.isThing(text, at);
  }
}
