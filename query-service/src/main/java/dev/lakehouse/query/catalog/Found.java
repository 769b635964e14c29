package dev.lakehouse.query.catalog;

import dev.lakehouse.schemas.event.ColumnFinding;
import dev.lakehouse.schemas.event.PersonalKind;
import dev.lakehouse.schemas.table.OffsetVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.iceberg.types.Types.NestedField;

/**
 * What a decision about a column may rest on.
 *
 * @param kinds of personal data that were found in it or in a part of it, the strongest of each
 *     part first
 * @param certain whether findings of all its parts are complete and reach the rows
 */
public record Found(List<String> kinds, boolean certain) {
  private static final Found NOTHING = new Found(List.of(), false);

  /**
   * What is known of a column.
   *
   * @param topicId of the dataset's topic; empty if it has none, and nothing is known
   * @param landed how far the rows in question reach
   */
  public static Found of(
      NestedField column, String topicId, OffsetVector landed, Findings findings) {
    if (topicId.isEmpty()) {
      return NOTHING;
    }
    List<String> strongest = new ArrayList<>();
    List<String> others = new ArrayList<>();
    boolean certain = true;
    for (int leaf : Sensitivity.leaves(column)) {
      Optional<ColumnFinding> known = findings.of(topicId, leaf);
      certain &= known.isPresent() && Sensitivity.covers(known.get(), landed);
      known.ifPresent(
          finding -> {
            add(finding.getKind(), strongest);
            if (finding.getKind() != PersonalKind.NONE) {
              finding.getEvidence().forEach(each -> add(each.getKind(), others));
            }
          });
    }
    others.removeAll(strongest);
    strongest.addAll(others);
    return new Found(List.copyOf(strongest), certain);
  }

  private static void add(PersonalKind kind, List<String> kinds) {
    String word = kind.name().toLowerCase(Locale.ROOT);
    if (kind != PersonalKind.NONE && !kinds.contains(word)) {
      kinds.add(word);
    }
  }
}
