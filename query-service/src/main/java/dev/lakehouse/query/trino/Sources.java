package dev.lakehouse.query.trino;

import dev.lakehouse.query.guard.DatasetRef;
import dev.lakehouse.query.guard.Seen;
import dev.lakehouse.query.table.TableSnapshot;
import dev.lakehouse.query.trino.Source.Column;
import dev.lakehouse.query.trino.ValueType.ListOf;
import dev.lakehouse.query.trino.ValueType.Simple;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnnestOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * What stands in FROM: each table at its snapshot, and joins by conditions that are spelled out.
 */
final class Sources {
  private final Translation translation;

  Sources(Translation translation) {
    this.translation = translation;
  }

  /**
   * A part of a FROM.
   *
   * @param scope what UNNEST and LATERAL know: the parts before, and the query around
   */
  Source of(SqlNode node, Scope scope, Ctes ctes) {
    if (node instanceof SqlJoin join) {
      return join(join, scope, ctes);
    }
    if (node.getKind() == SqlKind.AS) {
      SqlCall as = (SqlCall) node;
      SqlNodeList columns = null;
      if (as.operandCount() > 2) {
        columns =
            new SqlNodeList(as.getOperandList().subList(2, as.operandCount()), SqlParserPos.ZERO);
      }
      return named(
          as.operand(0), ((SqlIdentifier) as.operand(1)).getSimple(), columns, scope, ctes);
    }
    if (node instanceof SqlIdentifier name) {
      return named(node, name.names.get(name.names.size() - 1), null, scope, ctes);
    }
    String alias = node.getKind() == SqlKind.UNNEST ? "unnest" : translation.freshName();
    return named(node, alias, null, scope, ctes);
  }

  private Source named(
      SqlNode node, String alias, @Nullable SqlNodeList columns, Scope scope, Ctes ctes) {
    if (node instanceof DatasetRef table) {
      return table(table, alias, columns);
    }
    if (node instanceof SqlIdentifier cte) {
      List<Output> outputs = ctes.of(cte.getSimple());
      if (outputs == null) {
        throw translation.unknownTable(cte.getSimple());
      }
      return Source.of(
          Sql.name(cte.getSimple()), alias, Queries.named(outputs, columns), name -> false);
    }
    if (node.getKind() == SqlKind.UNNEST) {
      return unnest((SqlCall) node, alias, columns, scope, ctes);
    }
    boolean lateral = node.getKind() == SqlKind.LATERAL;
    SqlNode query = lateral ? ((SqlCall) node).operand(0) : node;
    if (query.getKind() == SqlKind.UNNEST) {
      return unnest((SqlCall) query, alias, columns, scope, ctes);
    }
    Translated inner = translation.queries().of(query, lateral ? scope : scope.around(), ctes);
    return Source.of(
        Sql.of(lateral ? "LATERAL (%)" : "(%)", inner.sql()),
        alias,
        Queries.named(inner.outputs(), columns),
        name -> false);
  }

  /** The columns as they are now, out of the snapshot's as they were then. */
  private Source table(DatasetRef ref, String alias, @Nullable SqlNodeList columns) {
    TableSnapshot table = translation.query().tables().get(ref.use());
    Schema stored = table.snapshotId() == null ? null : translation.stored(table);
    List<Sql> selected = new ArrayList<>();
    List<Output> outputs = new ArrayList<>();
    for (NestedField column : table.schema().columns()) {
      if (ref.withMetadata() || !MetadataColumns.contains(column.name())) {
        selected.add(column(column, stored));
        outputs.add(new Output(column.name(), ValueType.of(column.type())));
      }
    }
    Sql from =
        table.snapshotId() == null
            ? new Sql.Words("WHERE FALSE")
            : Sql.of(
                "FROM %.%.% FOR VERSION AS OF %",
                Sql.name(translation.catalog()),
                Sql.name(translation.namespace()),
                Sql.name(table.dataset().value()),
                Sql.number(table.snapshotId()));
    Sql whole = Sql.of("(SELECT % %)", Sql.joined(", ", selected), from);
    Translated seen =
        translation.query().seen().get(ref.use()) instanceof Seen.Part part
            ? part(part, whole, outputs, ref.withMetadata())
            : new Translated(whole, outputs);
    return Source.of(
        seen.sql(),
        alias,
        Queries.named(seen.outputs(), columns),
        name -> ref.withMetadata() && MetadataColumns.contains(Scope.lower(name)));
  }

  /**
   * What is seen of a table. Where rows are hidden, nothing of the query is computed of them: Trino
   * sends rows before it has read all, and then it is too late to start again for a failure.
   */
  private Translated part(Seen.Part part, Sql whole, List<Output> stored, boolean withMetadata) {
    Source source = Source.of(whole, Seen.Part.table().getSimple(), stored, name -> false);
    Scope scope = new Scope(null, source);
    List<Sql> selected = new ArrayList<>();
    List<Output> outputs = new ArrayList<>();
    for (Seen.Item item : part.items()) {
      String name = item.field().name();
      if (withMetadata || !MetadataColumns.contains(name)) {
        Expr value = translation.expressions().of(item.value(), scope, Ctes.NONE);
        selected.add(Sql.of("% AS %", value.sql(), Sql.name(name)));
        outputs.add(new Output(name, value.type()));
      }
    }
    Sql items = Sql.joined(", ", selected);
    return new Translated(
        part.rows() == null
            ? Sql.of("(SELECT % FROM %)", items, source.sql())
            : Sql.of(
                "(SELECT % FROM % WHERE % LIMIT %)",
                items,
                source.sql(),
                translation.expressions().of(part.rows(), scope, Ctes.NONE).sql(),
                Sql.number(Long.MAX_VALUE)),
        outputs);
  }

  private static Sql column(NestedField column, @Nullable Schema stored) {
    Sql type = ValueType.of(column.type()).written();
    NestedField before = stored == null ? null : stored.findField(column.fieldId());
    if (before == null) {
      return Sql.of("CAST(NULL AS %)", type);
    }
    return before.type().equals(column.type())
        ? Sql.name(before.name())
        : Sql.of("CAST(% AS %)", Sql.name(before.name()), type);
  }

  private Source unnest(
      SqlCall call, String alias, @Nullable SqlNodeList columns, Scope scope, Ctes ctes) {
    if (call.operandCount() != 1) {
      throw Refused.engine("UNNEST of several lists", call);
    }
    Expr list = translation.expressions().of(call.operand(0), scope, ctes);
    if (!(list.type() instanceof ListOf of)) {
      throw Refused.engine("UNNEST of a value of type " + list.type().shown(), call);
    }
    boolean counted = ((SqlUnnestOperator) call.getOperator()).withOrdinality;
    Sql values =
        of.element() instanceof ValueType.StructOf
            ? Sql.of("transform(%, e -> ROW(e))", list.sql())
            : list.sql();
    List<Output> outputs = new ArrayList<>();
    outputs.add(new Output("unnest", of.element()));
    if (counted) {
      outputs.add(new Output("ordinality", Simple.BIGINT));
    }
    return Source.of(
        Sql.of(counted ? "UNNEST(%) WITH ORDINALITY" : "UNNEST(%)", values),
        alias,
        Queries.named(outputs, columns),
        name -> false);
  }

  private Source join(SqlJoin join, Scope scope, Ctes ctes) {
    Source left = of(join.getLeft(), scope, ctes);
    Source right = of(join.getRight(), scope.beside(left), ctes);
    Sql rightSql = join.getRight() instanceof SqlJoin ? Sql.of("(%)", right.sql()) : right.sql();
    JoinType type = join.getJoinType();
    List<String> shared = shared(join, left, right);
    List<Column> all = new ArrayList<>(left.columns());
    all.addAll(right.columns());
    if (shared.isEmpty()) {
      Source both = left.beside(new Sql.Words(""), right, all);
      SqlNode condition = join.getCondition();
      Sql sql =
          condition == null
              ? Sql.of("% CROSS JOIN %", left.sql(), rightSql)
              : Sql.of(
                  "% " + words(type) + " % ON %",
                  left.sql(),
                  rightSql,
                  translation.expressions().of(condition, scope.beside(both), ctes).sql());
      return left.beside(sql, right, all);
    }
    List<Sql> equal = new ArrayList<>();
    List<Column> together = new ArrayList<>();
    for (Column column : left.columns()) {
      if (has(shared, column)) {
        Column other = one(right, column.name());
        equal.add(Sql.of("% = %", column.value().sql(), other.value().sql()));
        together.add(merged(type, column, other));
      } else {
        together.add(column);
      }
    }
    for (Column column : right.columns()) {
      if (!has(shared, column)) {
        together.add(column);
      }
    }
    return left.beside(
        Sql.of("% " + words(type) + " % ON %", left.sql(), rightSql, Sql.joined(" AND ", equal)),
        right,
        together);
  }

  private static Column merged(JoinType type, Column left, Column right) {
    ValueType both = ValueType.common(left.value().type(), right.value().type());
    return switch (type) {
      case RIGHT -> new Column(left.name(), right.value(), left.hidden());
      case FULL ->
          new Column(
              left.name(),
              Expr.of(both, "coalesce(%, %)", left.value().sql(), right.value().sql()),
              left.hidden());
      default -> left;
    };
  }

  private static String words(JoinType type) {
    return switch (type) {
      case LEFT -> "LEFT JOIN";
      case RIGHT -> "RIGHT JOIN";
      case FULL -> "FULL JOIN";
      default -> "JOIN";
    };
  }

  /** The columns that USING or NATURAL names. */
  private List<String> shared(SqlJoin join, Source left, Source right) {
    List<String> shared = new ArrayList<>();
    if (join.getConditionType() == JoinConditionType.USING) {
      for (SqlNode each : (SqlNodeList) Objects.requireNonNull(join.getCondition())) {
        SqlIdentifier name = (SqlIdentifier) each;
        for (Source side : List.of(left, right)) {
          if (side.columns().stream()
              .noneMatch(column -> column.name().equalsIgnoreCase(name.getSimple()))) {
            throw translation.unknown(name, new Scope(null, side));
          }
        }
        shared.add(name.getSimple());
      }
    } else if (join.isNatural()) {
      for (Column column : left.columns()) {
        if (right.columns().stream()
            .anyMatch(other -> other.name().equalsIgnoreCase(column.name()))) {
          shared.add(column.name());
        }
      }
      if (shared.isEmpty()) {
        throw Refused.failed("the tables of NATURAL JOIN have no column in common");
      }
    }
    return shared;
  }

  private static boolean has(List<String> names, Column column) {
    return names.stream().anyMatch(name -> name.equalsIgnoreCase(column.name()));
  }

  private static Column one(Source source, String name) {
    return source.columns().stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow();
  }
}
