package dev.lakehouse.query.sql;

import dev.lakehouse.query.engine.Rows;
import dev.lakehouse.query.guard.Seen;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.query.table.TypeNames;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Answers about tables and plans, in rows. Metadata columns stay hidden. */
final class Described implements Rows {
  private final List<Column> columns;
  private final Iterator<Object[]> rows;

  private Described(List<Column> columns, List<Object[]> rows) {
    this.columns = columns;
    this.rows = rows.iterator();
  }

  /** Their names, those that a LIKE pattern matches. */
  static Rows tables(List<DatasetName> names, @Nullable String like) {
    Pattern pattern = like == null ? Pattern.compile(".*") : pattern(like);
    return new Described(
        List.of(new Column("table", "varchar")),
        names.stream()
            .filter(name -> pattern.matcher(name.value()).matches())
            .map(name -> new Object[] {name.value()})
            .toList());
  }

  private static Pattern pattern(String like) {
    String pattern =
        like.chars()
            .mapToObj(c -> c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining());
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
  }

  /** Name, type and whether it may be null of what is seen, in the table's order. */
  static Rows columns(TableSnapshot table, Seen seen) {
    List<NestedField> columns =
        seen instanceof Seen.Part part
            ? part.items().stream().map(Seen.Item::field).toList()
            : table.schema().columns();
    return new Described(
        List.of(
            new Column("column", "varchar"),
            new Column("type", "varchar"),
            new Column("nullable", "boolean")),
        columns.stream()
            .filter(column -> !MetadataColumns.contains(column.name()))
            .map(
                column ->
                    new Object[] {column.name(), TypeNames.of(column.type()), column.isOptional()})
            .toList());
  }

  /** A line for each table with its files, then the engine's plan. */
  static Rows plan(List<TableSnapshot> tables, List<Seen> seen, List<String> plan) {
    List<Object[]> lines = new ArrayList<>();
    for (int use = 0; use < tables.size(); use++) {
      TableSnapshot table = tables.get(use);
      if (seen.get(use) instanceof Seen.Part) {
        lines.add(new Object[] {"table " + table.dataset() + ": a policy applies"});
        continue;
      }
      int all = table.files().size() + table.skipped();
      lines.add(
          new Object[] {
            "table "
                + table.dataset()
                + ", snapshot "
                + (table.snapshotId() == null ? "none" : table.snapshotId())
                + ": reads "
                + table.files().size()
                + " of "
                + all
                + " files"
          });
    }
    plan.forEach(line -> lines.add(new Object[] {line}));
    return new Described(List.of(new Column("plan", "varchar")), lines);
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    return rows.hasNext() ? rows.next() : null;
  }

  @Override
  public void close() {}
}
