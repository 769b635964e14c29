package dev.lakehouse.query.catalog;

import dev.lakehouse.schemas.table.TableKeys;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.Table;

/**
 * How a dataset was declared.
 *
 * @param keys the key columns; none if it is append-only
 * @param partitions what new files are parted by
 * @param sortOrder what rows are sorted by in a file
 */
record Layout(List<String> keys, List<Partition> partitions, List<Sort> sortOrder) {
  /**
   * A partition field.
   *
   * @param transform as Iceberg names it: {@code identity}, {@code day}, {@code bucket[16]}, …
   */
  record Partition(String column, String transform) {}

  /**
   * A field of the sort order.
   *
   * @param direction {@code asc} or {@code desc}
   * @param nulls {@code first} or {@code last}
   */
  record Sort(String column, String transform, String direction, String nulls) {}

  /** What of it is about these columns. */
  Layout of(List<String> columns) {
    return new Layout(
        keys.stream().filter(columns::contains).toList(),
        partitions.stream().filter(part -> columns.contains(part.column())).toList(),
        sortOrder.stream().filter(sort -> columns.contains(sort.column())).toList());
  }

  static Layout of(Table table) {
    return new Layout(
        TableKeys.of(table),
        table.spec().fields().stream()
            .filter(field -> !field.transform().isVoid())
            .map(field -> new Partition(column(table, field.sourceId()), "" + field.transform()))
            .toList(),
        table.sortOrder().fields().stream()
            .map(
                field ->
                    new Sort(
                        column(table, field.sourceId()),
                        "" + field.transform(),
                        field.direction().name().toLowerCase(Locale.ROOT),
                        field.nullOrder().name().startsWith("NULLS_FIRST") ? "first" : "last"))
            .toList());
  }

  private static String column(Table table, int fieldId) {
    String name = table.schema().findColumnName(fieldId);
    return name == null ? "" : name;
  }
}
