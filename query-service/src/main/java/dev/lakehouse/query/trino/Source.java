package dev.lakehouse.query.trino;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What stands in FROM.
 *
 * @param relations its tables and subqueries by their names
 * @param columns what a star stands for, and what a bare name may mean
 */
record Source(Sql sql, List<Relation> relations, List<Column> columns) {
  /** Nothing: a SELECT without FROM. */
  static final Source NONE = new Source(new Sql.Words(""), List.of(), List.of());

  /**
   * A column in reach.
   *
   * @param value how it is written
   * @param hidden whether stars leave it out
   */
  record Column(String name, Expr value, boolean hidden) {}

  /** A table, a subquery or values, by the name that columns have before theirs. */
  record Relation(String alias, List<Column> columns) {}

  /**
   * One relation under a name, its columns called as the outputs are.
   *
   * @param hidden columns that stars leave out
   */
  static Source of(Sql sql, String alias, List<Output> outputs, Predicate<String> hidden) {
    List<Column> columns = new ArrayList<>();
    for (Output output : outputs) {
      columns.add(
          new Column(
              output.name(),
              Expr.of(output.type(), "%.%", Sql.name(alias), Sql.name(output.name())),
              hidden.test(output.name())));
    }
    return new Source(
        Sql.of(
            "% AS % (%)",
            sql,
            Sql.name(alias),
            Sql.joined(", ", outputs.stream().map(each -> Sql.name(each.name())).toList())),
        List.of(new Relation(alias, List.copyOf(columns))),
        List.copyOf(columns));
  }

  /** Two sources beside each other. */
  Source beside(Sql joined, Source right, List<Column> together) {
    List<Relation> both = new ArrayList<>(relations);
    both.addAll(right.relations);
    return new Source(joined, List.copyOf(both), List.copyOf(together));
  }
}
