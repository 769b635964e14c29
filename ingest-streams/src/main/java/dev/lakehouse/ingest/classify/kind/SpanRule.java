package dev.lakehouse.ingest.classify.kind;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What is found in a text by a pattern.
 *
 * @param group of the pattern that is the place
 * @param valid the check of the place
 * @param possible whether a text can have such a place at all
 * @param things whether the words before it may say that it is something else
 */
record SpanRule(
    PersonalKind kind,
    double confidence,
    Pattern pattern,
    int group,
    Predicate<String> valid,
    Predicate<TextLook> possible,
    boolean things) {

  /** Whether the words before say that this numbers a thing. */
  boolean isDenied(String text, int at) {
    return things && SpanRules.isThing(text, at);
  }
}
