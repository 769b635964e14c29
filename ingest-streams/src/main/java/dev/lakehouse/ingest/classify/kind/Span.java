package dev.lakehouse.ingest.classify.kind;

import dev.lakehouse.schemas.event.PersonalKind;

/**
 * A place in a text that is personal.
 *
 * @param kind of what kind
 * @param start index of its first character
 * @param end index after its last character
 * @param confidence 0 to 1
 */
public record Span(PersonalKind kind, int start, int end, double confidence) {
  boolean overlaps(Span other) {
    return start < other.end && other.start < end;
  }
}
