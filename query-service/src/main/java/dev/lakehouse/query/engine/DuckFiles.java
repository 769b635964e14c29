package dev.lakehouse.query.engine;

import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.query.table.Unsupported;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

  private static final String PARTS = "parts";

  /** A column of a file, not one inside another. */
  private record Column(String name, String type) {}

  /** The columns of a file by their field ids; none if two have the same name. */
  private record Layout(Map<Integer, Column> columns) {
    static final Layout NONE = new Layout(Map.of());
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
   * Whether each data file has all columns that are read from it under the names and with the types
   * that the snapshot has for them. Then they can be read by name, as nothing was ever renamed,
   * widened or added in between.
   */
  boolean areAsTheSnapshot(TableSnapshot snapshot) {
    Map<Integer, NestedField> columns = new LinkedHashMap<>(snapshot.deletes().fields());
    snapshot.schema().columns().forEach(column -> columns.put(column.fieldId(), column));
    Set<Layout> found = new HashSet<>();
    snapshot.files().forEach(file -> found.add(known.getOrDefault(file, Layout.NONE)));
    return found.stream()
        .allMatch(
            layout ->
                columns.values().stream()
                    .allMatch(
                        column ->
                            isAs(column, layout.columns().get(column.fieldId()), snapshot)));
  }

  private static boolean isAs(
      NestedField column, @Nullable Column held, TableSnapshot snapshot) {
    return held != null
        && column.type().isPrimitiveType()
        && held.name().equals(column.name())
        && held.type().equals(DuckText.type(snapshot, column.type()));
  }

  /** One file, part by part, each column's own parts behind it. */
  private static final class Reading {
    private final Map<Integer, Column> columns = new HashMap<>();
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
        columns.put(id, new Column(name, type == null ? PARTS : type));
      }
    }

    Layout layout() {
      return sameName ? Layout.NONE : new Layout(Map.copyOf(columns));
    }
  }
}
