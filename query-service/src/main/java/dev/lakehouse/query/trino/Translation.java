package dev.lakehouse.query.trino;

import dev.lakehouse.query.engine.EngineQuery;
import dev.lakehouse.query.engine.UnknownNames;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.schemas.http.ProblemException;
import dev.lakehouse.schemas.table.TableNames;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.iceberg.Schema;

/** A guarded query on its way into Trino's words. */
final class Translation {
  private final EngineQuery query;
  private final String catalog;
  private final Function<TableSnapshot, Schema> stored;
  private final Set<Prelude> used = EnumSet.noneOf(Prelude.class);
  private final SqlNode whole;
  private final Casts casts;
  private final Expressions expressions;
  private final Queries queries;
  private boolean recursive;
  private int fresh;

  private Translation(EngineQuery query, String catalog, Function<TableSnapshot, Schema> stored) {
    this.query = query;
    this.stored = stored;
    this.catalog = catalog;
    this.whole = body(query.statement().tree());
    this.casts = new Casts(this);
    this.expressions = new Expressions(this);
    this.queries = new Queries(this);
  }

  /**
   * A query in Trino's words.
   *
   * @param recursive whether it calls itself
   */
  record Result(String text, List<Output> outputs, boolean recursive) {}

  /**
   * Translates a query.
   *
   * @param catalog what Trino calls the catalog
   * @param stored the columns that a table had at its snapshot
   * @throws ProblemException {@code unknown_column}, {@code sql_type_error}, {@code not_on_trino}
   */
  static Result of(EngineQuery query, String catalog, Function<TableSnapshot, Schema> stored) {
    Translation translation = new Translation(query, catalog, stored);
    Translated whole =
        translation.queries.of(query.statement().tree(), null, Ctes.NONE, query.limit());
    boolean sent =
        translation.whole instanceof SqlSelect
            || whole.outputs().stream()
                .allMatch(output -> TrinoValues.sent(output.type()).equals(output.type()));
    if (!sent) {
      throw Refused.engine("a set operation over lists with dates or times in them", null);
    }
    return new Result(
        Sql.of("%%", Prelude.of(translation.used), whole.sql()).written(),
        whole.outputs(),
        translation.recursive);
  }

  private static SqlNode body(SqlNode query) {
    if (query instanceof SqlOrderBy order) {
      return body(order.query);
    }
    return query instanceof SqlWith with ? body(with.body) : query;
  }

  /** Whether the select yields the rows of the answer. */
  boolean isWhole(SqlNode select) {
    return select == whole;
  }

  EngineQuery query() {
    return query;
  }

  Schema stored(TableSnapshot table) {
    return stored.apply(table);
  }

  String catalog() {
    return catalog;
  }

  String namespace() {
    return TableNames.LAKE.level(0);
  }

  Set<Prelude> used() {
    return used;
  }

  Casts casts() {
    return casts;
  }

  Expressions expressions() {
    return expressions;
  }

  Queries queries() {
    return queries;
  }

  void recursive() {
    recursive = true;
  }

  /** A name for what has none. */
  String freshName() {
    return "unnamed " + ++fresh;
  }

  /** The name of the zone that the request is in. */
  String zone() {
    return zone(query.zone());
  }

  static String zone(ZoneId zone) {
    return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  /** The problem that a name means nothing. */
  ProblemException unknown(SqlIdentifier name, Scope scope) {
    List<String> names = name.names;
    boolean table = names.size() > 1 && !scope.knows(names.get(0));
    return table
        ? UnknownNames.table(names.get(0), query)
        : UnknownNames.column(names.get(names.size() - 1), query);
  }

  ProblemException unknownTable(String name) {
    return UnknownNames.table(name, query);
  }
}
