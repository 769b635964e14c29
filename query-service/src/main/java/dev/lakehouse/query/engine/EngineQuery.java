package dev.lakehouse.query.engine;

import dev.lakehouse.query.guard.GuardedQuery;
import dev.lakehouse.query.guard.Seen;
import dev.lakehouse.query.table.TableSnapshot;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * A query and what it reads.
 *
 * @param tables one snapshot for each table of the statement, in its order
 * @param seen what the query sees of each of them
 * @param barrier whether nothing may be computed of rows that are not seen, not even to no effect
 * @param limit most rows that are asked for
 * @param parameters a value for each {@code ?}: text, number, boolean or null
 * @param zone in which moments without a zone are understood, and clocks read
 */
public record EngineQuery(
    GuardedQuery statement,
    List<TableSnapshot> tables,
    List<Seen> seen,
    boolean barrier,
    List<@Nullable Object> parameters,
    long limit,
    ZoneId zone) {

  /** A query that sees its tables as they are. */
  public EngineQuery(
      GuardedQuery statement,
      List<TableSnapshot> tables,
      List<@Nullable Object> parameters,
      long limit,
      ZoneId zone) {
    this(
        statement,
        tables,
        Collections.nCopies(tables.size(), Seen.WHOLE),
        false,
        parameters,
        limit,
        zone);
  }

  /** The columns that the query sees of a table, metadata columns included. */
  public List<NestedField> columns(int use) {
    return seen.get(use) instanceof Seen.Part part
        ? part.items().stream().map(Seen.Item::field).toList()
        : tables.get(use).schema().columns();
  }

  /** Whether something is hidden of one of the tables. */
  public boolean isGoverned() {
    return seen.stream().anyMatch(each -> each instanceof Seen.Part);
  }

  /** Whether rows of one of the tables are hidden. */
  public boolean hidesRows() {
    return seen.stream().anyMatch(each -> each instanceof Seen.Part part && part.rows() != null);
  }

  /** The same with nothing computed of rows that are not seen. */
  public EngineQuery behindBarrier() {
    return new EngineQuery(statement, tables, seen, true, parameters, limit, zone);
  }
}
