package dev.lakehouse.schemas.table;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a renamed table says of the rows that it had before: a table property with what the
 * classifier had found in each column by then. Those rows are on no topic any more, so whoever
 * classifies the new topic's records must add it to what these tell.
 *
 * @param version of the classifier that said so
 * @param kinds the id of each column's leaves at the time → kind of personal data, or {@link
 *     #UNKNOWN}; a column that is not among them came later, and those rows have no value of it
 */
public record FormerFindings(int version, Map<Integer, String> kinds) {
  /** The table property. */
  public static final String PROPERTY = "lakehouse.former-findings";

  /** The kind of a column that had not been looked at to the end. */
  public static final String UNKNOWN = "UNKNOWN";

  public FormerFindings {
    kinds = Map.copyOf(kinds);
  }

  /**
   * The findings in these table properties, or empty if the table was never renamed.
   *
   * @throws IllegalArgumentException if the property is no text of {@link #toString}
   */
  public static Optional<FormerFindings> in(Map<String, String> properties) {
    String text = properties.get(PROPERTY);
    if (text == null) {
      return Optional.empty();
    }
    String[] parts = text.split(";", -1);
    Map<Integer, String> kinds = new TreeMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] entry = parts[i].split("=", -1);
      if (entry.length != 2) {
        throw new IllegalArgumentException(PROPERTY + " cannot be read: " + text);
      }
      kinds.put(Integer.valueOf(entry[0]), entry[1]);
    }
    return Optional.of(new FormerFindings(Integer.parseInt(parts[0]), kinds));
  }

  /** The value of the property. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(version);
    new TreeMap<>(kinds)
        .forEach((id, kind) -> text.append(';').append(id).append('=').append(kind));
    return text.toString();
  }
}
