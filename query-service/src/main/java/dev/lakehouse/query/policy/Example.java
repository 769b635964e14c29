package dev.lakehouse.query.policy;

import dev.lakehouse.schemas.access.Grant;
import org.jspecify.annotations.Nullable;

/**
 * Something that must hold of the policies.
 *
 * @param as the principal
 * @param asked a column, a grant, or, if both are null, whether rows are filtered
 * @param kind what was found in the column; {@code clean} or {@code unclassified} for none
 * @param expected the answer
 * @param place where it is written
 */
record Example(
    String as, String dataset, Asked asked, String kind, String expected, Mistake.Place place) {
  /** What is asked. */
  record Asked(@Nullable String column, @Nullable Grant grant) {}
}
