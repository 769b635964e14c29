package dev.lakehouse.query.engine;

import dev.lakehouse.query.table.FileDeletes;
import dev.lakehouse.query.table.FileDeletes.DataRows;
import dev.lakehouse.query.table.FileDeletes.EqualityDeletes;
import dev.lakehouse.query.table.FileDeletes.PositionDeletes;
import dev.lakehouse.query.table.TableSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Reads data files without their deleted rows: one anti-join for all positions, and one for each
 * set of columns that equality deletes compare. Columns are called by their field id in here, so
 * that no name of the user's meets one of ours. They are read by it, too: of files read by name,
 * DuckDB 2.0.0 takes another column for the row's number once the join narrows the scan.
 */
final class DuckDeletes {
  private static final String FILE = "CAST(file_index AS BIGINT)";

  private final TableSnapshot snapshot;
  private final FileDeletes deletes;

  DuckDeletes(TableSnapshot snapshot) {
    this.snapshot = snapshot;
    this.deletes = snapshot.deletes();
  }

  /** The rows that are left of the files with deletes. */
  String rows(List<NestedField> columns) {
    Map<Integer, NestedField> read = new TreeMap<>(deletes.fields());
    columns.forEach(column -> read.put(column.fieldId(), column));
    StringBuilder sql = new StringBuilder("SELECT ");
    sql.append(
        columns.stream()
            .map(
                column ->
                    "r." + name(column.fieldId()) + " AS " + DuckText.identifier(column.name()))
            .collect(Collectors.joining(", ")));
    sql.append(" FROM (SELECT *, " + FILE + " AS f, file_row_number AS n, ");
    sql.append(ofFile(deletes.files(), DataRows::sequence)).append(" AS s, ");
    sql.append(ofFile(deletes.files(), DataRows::partition)).append(" AS p FROM ");
    sql.append(scan(deletes.files().stream().map(DataRows::path).toList(), read)).append(") AS r");
    if (!deletes.positions().isEmpty()) {
      sql.append(" ANTI JOIN (").append(positions()).append(") AS d ON r.f = d.f AND r.n = d.pos");
    }
    Map<String, List<EqualityDeletes>> alike = new LinkedHashMap<>();
    for (EqualityDeletes each : deletes.equalities()) {
      String kind = each.fieldIds() + (isGlobal(each) ? " everywhere" : "");
      alike.computeIfAbsent(kind, fresh -> new ArrayList<>()).add(each);
    }
    int joined = 0;
    for (List<EqualityDeletes> each : alike.values()) {
      sql.append(antiJoin(each, "e" + joined++));
    }
    return sql.toString();
  }

  private String positions() {
    String files =
        IntStream.range(0, deletes.files().size())
            .mapToObj(
                i -> {
                  DataRows file = deletes.files().get(i);
                  return "("
                      + DuckText.literal(file.location())
                      + (", CAST(" + i + " AS BIGINT), CAST(" + file.sequence() + " AS BIGINT))");
                })
            .collect(Collectors.joining(", "));
    return "SELECT m.f, d.pos FROM (SELECT file_path, pos, "
        + ofFile(deletes.positions(), PositionDeletes::sequence)
        + " AS s FROM read_parquet("
        + DuckText.files(deletes.positions().stream().map(PositionDeletes::path).toList())
        + (")) AS d JOIN (VALUES " + files)
        + ") AS m(path, f, s) ON d.file_path = m.path AND d.s >= m.s";
  }

  /** Rows equal to one of the deletes that is younger than their file. */
  private String antiJoin(List<EqualityDeletes> alike, String alias) {
    List<Integer> ids = alike.get(0).fieldIds();
    boolean global = isGlobal(alike.get(0));
    String keys = ids.stream().map(DuckDeletes::name).collect(Collectors.joining(", "));
    String partition = global ? "" : "p, ";
    Map<Integer, NestedField> read = new TreeMap<>();
    ids.forEach(id -> read.put(id, current(id)));
    return " ANTI JOIN (SELECT "
        + (partition + keys + ", max(s) AS s FROM (SELECT " + keys + ", ")
        + (ofFile(alike, EqualityDeletes::sequence) + " AS s, ")
        + (ofFile(alike, EqualityDeletes::partition) + " AS p FROM ")
        + scan(alike.stream().map(EqualityDeletes::path).toList(), read)
        + (") GROUP BY " + partition + keys + ") AS " + alias + " ON r.s < " + alias + ".s")
        + (global ? "" : " AND r.p = " + alias + ".p")
        + ids.stream()
            .map(id -> " AND r." + name(id) + " IS NOT DISTINCT FROM " + alias + "." + name(id))
            .collect(Collectors.joining());
  }

  private NestedField current(int id) {
    NestedField field = deletes.fields().get(id);
    if (field == null) {
      throw new IllegalStateException("no field " + id);
    }
    return field;
  }

  private static boolean isGlobal(EqualityDeletes each) {
    return each.partition() == FileDeletes.EVERY_PARTITION;
  }

  private static String name(int fieldId) {
    return "c" + fieldId;
  }

  /** A number of each file, by the place of the row's file in the list. */
  private static <F> String ofFile(List<F> files, ToLongFunction<F> number) {
    return files.stream()
            .map(file -> "CAST(" + number.applyAsLong(file) + " AS BIGINT)")
            .collect(Collectors.joining(", ", "[", "]"))
        + ("[" + FILE + " + 1]");
  }

  private String scan(List<String> files, Map<Integer, NestedField> read) {
    return "read_parquet("
        + DuckText.files(files)
        + ", schema=MAP{"
        + read.values().stream()
            .map(field -> DuckText.column(snapshot, field, name(field.fieldId())))
            .collect(Collectors.joining(", "))
        + "})";
  }
}
