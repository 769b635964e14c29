package dev.lakehouse.schemas.name;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Column names keep what the source called them. They are unique without regard to case, and Avro,
 * which allows fewer characters, carries them as the field property {@link #PROPERTY}.
 */
public final class ColumnNames {
  /** The Avro field property that holds the column's own name. */
  public static final String PROPERTY = "lakehouse.name";

  private ColumnNames() {}

  /**
   * Makes names usable as columns of one table, in their order: surrounding white space goes, an
   * empty name becomes {@code column_N} (N from 1), and a name that is taken, without regard to
   * case, gets {@code _2}, {@code _3}, … behind it. Names of metadata columns count as taken.
   */
  public static List<String> unique(List<String> names, Set<String> reserved) {
    Set<String> taken = new HashSet<>();
    reserved.forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
    List<String> result = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      String bare = names.get(i).strip();
      result.add(free(bare.isEmpty() ? "column_" + (i + 1) : bare, taken));
    }
    return result;
  }

  /** The nearest names that Avro allows, unique with regard to case, in the same order. */
  public static List<String> avro(List<String> columns) {
    Set<String> taken = new HashSet<>();
    List<String> result = new ArrayList<>(columns.size());
    for (String column : columns) {
      String legal = column.replaceAll("[^A-Za-z0-9_]", "_");
      result.add(
          free(legal.isEmpty() || Character.isDigit(legal.charAt(0)) ? "_" + legal : legal, taken));
    }
    return result;
  }

  private static String free(String name, Set<String> taken) {
    String candidate = name;
    for (int n = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); n++) {
      candidate = name + "_" + n;
    }
    return candidate;
  }
}
