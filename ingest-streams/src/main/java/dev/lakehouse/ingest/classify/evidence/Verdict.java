package dev.lakehouse.ingest.classify.evidence;

import dev.lakehouse.schemas.event.PersonalKind;

/**
 * What a column was found to be.
 *
 * @param kind of personal data, or {@code NONE}
 * @param confidence 0 to 1, that the kind is right
 * @param inText whether it stands within longer texts
 */
public record Verdict(PersonalKind kind, double confidence, boolean inText) {
  /** Whether anything personal was found. */
  public boolean personal() {
    return kind != PersonalKind.NONE;
  }
}
