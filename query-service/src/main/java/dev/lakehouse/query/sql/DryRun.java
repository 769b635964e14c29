package dev.lakehouse.query.sql;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lakehouse.query.guard.Seen;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.query.table.TypeNames;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What policies would have of a query.
 *
 * @param policy their version; null while authentication is off
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DryRun(boolean dryRun, String queryId, List<Table> tables, @Nullable String policy) {
  /**
   * What is seen of a table.
   *
   * @param rowFilter whether rows are hidden
   */
  record Table(String name, boolean rowFilter, List<Column> columns) {}

  /**
   * A column that is seen; others are not there.
   *
   * @param mask what kind of mask is over it; null if none is
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Column(String name, String type, @Nullable String mask) {}

  static DryRun of(
      String queryId, List<TableSnapshot> tables, List<Seen> seen, @Nullable String policy) {
    return new DryRun(
        true,
        queryId,
        IntStream.range(0, tables.size())
            .mapToObj(use -> table(tables.get(use), seen.get(use)))
            .distinct()
            .toList(),
        policy);
  }

  private static Table table(TableSnapshot table, Seen seen) {
    List<Column> columns =
        seen instanceof Seen.Part part
            ? part.items().stream()
                .map(item -> new Column(item.field().name(), type(item), item.mask()))
                .toList()
            : table.schema().columns().stream()
                .map(each -> new Column(each.name(), TypeNames.of(each.type()), null))
                .toList();
    return new Table(
        table.dataset().value(),
        seen instanceof Seen.Part part && part.rows() != null,
        columns.stream().filter(column -> !MetadataColumns.contains(column.name())).toList());
  }

  private static String type(Seen.Item item) {
    return TypeNames.of(item.field().type());
  }
}
