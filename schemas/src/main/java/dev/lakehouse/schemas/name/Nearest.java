package dev.lakehouse.schemas.name;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names a mistyped one may have meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * At most {@code most} candidates within a third of the name's length (at least 2) of edit
   * distance, without regard to case, nearest first.
   */
  public static List<String> to(String name, Collection<String> candidates, int most) {
    String lower = name.toLowerCase(Locale.ROOT);
    int reach = Math.max(2, lower.length() / 3);
    record Found(String name, int distance) {}
    return candidates.stream()
        .map(candidate -> new Found(candidate, distance(lower, candidate.toLowerCase(Locale.ROOT))))
        .filter(found -> found.distance() <= reach)
        .sorted(Comparator.comparingInt(Found::distance).thenComparing(Found::name))
        .limit(most)
        .map(Found::name)
        .toList();
  }

  /** Levenshtein distance, one row at a time. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
