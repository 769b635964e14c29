package dev.lakehouse.query.engine;

import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.query.table.Unsupported;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** How the files of one dataset hold their columns; each is looked at once. */
final class DuckFiles {
  /** Files that were looked at and are not in use any more are forgotten above this number. */
  private static final int MOST = 100_000;

  /** A table of more kinds of files is not read kind by kind. */
  private static final int MOST_ALIKE = 8;

  private static final String PARTS = "parts";

  /** A column of a file, not one inside another. */
  private record Column(String name, String type) {}

  /** The columns of a file by their field ids, and these in order; none if two have one name. */
  private record Layout(Map<Integer, Column> columns, List<Integer> order) {
    static final Layout NONE = new Layout(Map.of(), List.of());
  }

  private final Map<String, Layout> known = new HashMap<>();
  private final Map<Layout, Layout> layouts = new HashMap<>();

  /**
   * Looks at the snapshot's files that are new.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException {@code unsupported_table} if one has a
   *     column without a field id
   */
  void look(TableSnapshot snapshot, Statement statement) throws SQLException {
    Set<String> files = new HashSet<>(snapshot.files());
    snapshot.deletes().equalities().forEach(each -> files.add(each.path()));
    Set<String> fresh = new HashSet<>(files);
    fresh.removeAll(known.keySet());
    if (fresh.isEmpty()) {
      return;
    }
    Map<String, Reading> read = new HashMap<>();
    try (ResultSet parts = statement.executeQuery(DuckText.parts(List.copyOf(fresh)))) {
      while (parts.next()) {
        read.computeIfAbsent(parts.getString("file_name"), file -> new Reading()).add(parts);
      }
    }
    if (read.values().stream().anyMatch(file -> file.bare)) {
      throw Unsupported.table(snapshot.dataset(), "it has a file without field ids");
    }
    if (known.size() > MOST) {
      known.keySet().retainAll(files);
      layouts.keySet().retainAll(known.values());
    }
    for (String file : fresh) {
      Reading reading = read.get(file);
      Layout layout = reading == null ? Layout.NONE : reading.layout();
      known.put(file, layouts.computeIfAbsent(layout, first -> first));
    }
  }

  /**
   * The snapshot's data files by what to read of them, so that each column can be called by the
   * name that it has in the file; none if they cannot, and the engine has to go by field ids
   * itself.
   */
  List<DuckScan.Alike> alike(TableSnapshot snapshot) {
    List<NestedField> columns = snapshot.schema().columns();
    Map<Layout, List<String>> files = new LinkedHashMap<>();
    for (String file : snapshot.files()) {
      files
          .computeIfAbsent(known.getOrDefault(file, Layout.NONE), fresh -> new ArrayList<>())
          .add(file);
    }
    if (files.size() > MOST_ALIKE) {
      return List.of();
    }
    List<DuckScan.Alike> alike = new ArrayList<>();
    for (Map.Entry<Layout, List<String>> each : files.entrySet()) {
      Map<Integer, String> expressions = expressions(each.getKey(), columns, snapshot);
      if (expressions.isEmpty()) {
        return List.of();
      }
      alike.add(new DuckScan.Alike(List.copyOf(each.getValue()), expressions));
    }
    return alike;
  }

  /** What to read of a file for each column, by field id; none if one cannot be read by name. */
  private static Map<Integer, String> expressions(
      Layout layout, List<NestedField> columns, TableSnapshot snapshot) {
    Map<Integer, String> expressions = new HashMap<>();
    for (NestedField column : columns) {
      String expression =
          layout.equals(Layout.NONE) || !column.type().isPrimitiveType()
              ? null
              : expression(
                  column.initialDefault() == null,
                  layout.columns().get(column.fieldId()),
                  DuckText.type(snapshot, column.type()));
      if (expression == null) {
        return Map.of();
      }
      expressions.put(column.fieldId(), expression);
    }
    return expressions;
  }

  private static @Nullable String expression(
      boolean nullWhereMissing, @Nullable Column held, String type) {
    if (held == null) {
      return nullWhereMissing ? "CAST(NULL AS " + type + ")" : null;
    }
    String name = DuckText.identifier(held.name());
    if (held.type().equals(type)) {
      return name;
    }
    return isWidened(held.type(), type) ? "CAST(" + name + " AS " + type + ")" : null;
  }

  /** Whether it is one of the changes that Iceberg allows to a column's type. */
  private static boolean isWidened(String from, String to) {
    return (from.equals("INTEGER") && to.equals("BIGINT"))
        || (from.equals("FLOAT") && to.equals("DOUBLE"))
        || (from.startsWith("DECIMAL(")
            && to.startsWith("DECIMAL(")
            && from.substring(from.indexOf(',')).equals(to.substring(to.indexOf(','))));
  }

  /** One file, part by part, each column's own parts behind it. */
  private static final class Reading {
    private final Map<Integer, Column> columns = new HashMap<>();
    private final List<Integer> order = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private boolean begun;
    private boolean sameName;
    private boolean bare;
    private long inside;

    void add(ResultSet part) throws SQLException {
      long parts = part.getLong("num_children");
      boolean leaf = part.wasNull();
      int id = part.getInt("field_id");
      bare |= part.wasNull() && leaf;
      if (!begun) {
        begun = true;
        return;
      }
      boolean own = inside == 0;
      inside += parts - (own ? 0 : 1);
      if (own) {
        String name = part.getString("name");
        boolean plain = leaf && !"REPEATED".equals(part.getString("repetition_type"));
        String type = plain ? part.getString("duckdb_type") : PARTS;
        sameName |= !names.add(name.toLowerCase(Locale.ROOT));
        order.add(id);
        columns.put(id, new Column(name, type == null ? PARTS : type));
      }
    }

    Layout layout() {
      return sameName ? Layout.NONE : new Layout(Map.copyOf(columns), List.copyOf(order));
    }
  }
}
