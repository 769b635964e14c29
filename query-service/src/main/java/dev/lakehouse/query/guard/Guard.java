package dev.lakehouse.query.guard;

import dev.lakehouse.query.guard.GuardedQuery.Named;
import dev.lakehouse.query.guard.VisibleStar.Covered;
import dev.lakehouse.query.table.AsOf;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.MetadataColumns;
import dev.lakehouse.schemas.table.TableNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLateralOperator;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlUnnestOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Walks one query from the outside in, with the names of the CTEs in reach. Every shape is named
 * here or in {@link Expressions}; what is not named is refused. Tables become {@link DatasetRef}s
 * and stars {@link VisibleStar}s in place.
 */
final class Guard {
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{N}_ $-]{0,127}");
  private static final Set<JoinType> JOINS =
      Set.of(
          JoinType.INNER,
          JoinType.LEFT,
          JoinType.RIGHT,
          JoinType.FULL,
          JoinType.CROSS,
          JoinType.COMMA);

  private final List<TableUse> tables = new ArrayList<>();
  private final List<Named> columns = new ArrayList<>();
  private final Expressions expressions = new Expressions(this);
  private final Spellings spellings;
  private boolean metadata;
  private int parameters;

  /**
   * @param spellings that the statement was parsed from
   */
  Guard(Spellings spellings) {
    this.spellings = spellings;
  }

  /** Checks and re-writes a whole statement. */
  GuardedQuery check(SqlNode statement) {
    metadata = namesMetadata(statement);
    query(statement, Set.of());
    spellings.checkAllTaken();
    return new GuardedQuery(
        statement,
        List.copyOf(tables),
        Conditions.of(statement, tables.size()),
        List.copyOf(columns),
        parameters,
        metadata);
  }

  /** Checks the name of a table that stands alone. */
  TableUse check(SqlIdentifier table) {
    table(table, Set.of(), false);
    spellings.checkAllTaken();
    return tables.get(0);
  }

  private static boolean namesMetadata(SqlNode statement) {
    boolean[] found = new boolean[1];
    statement.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier id) {
            found[0] |=
                id.names.stream()
                    .anyMatch(name -> MetadataColumns.contains(name.toLowerCase(Locale.ROOT)));
            return null;
          }
        });
    return found[0];
  }

  void columnUsed(SqlIdentifier identifier) {
    columns.add(Named.last(identifier));
  }

  void parameterUsed() {
    parameters++;
  }

  static boolean isQuery(SqlNode node) {
    return switch (node.getKind()) {
      case SELECT, UNION, INTERSECT, EXCEPT, WITH, VALUES, ORDER_BY -> true;
      default -> false;
    };
  }

  void query(SqlNode node, Set<String> ctes) {
    switch (node.getKind()) {
      case SELECT -> select((SqlSelect) node, ctes);
      case UNION, INTERSECT, EXCEPT ->
          ((SqlCall) node).getOperandList().forEach(operand -> query(operand, ctes));
      case WITH -> with((SqlWith) node, ctes);
      case VALUES -> expressions.all(((SqlCall) node).getOperandList(), ctes);
      case ORDER_BY -> {
        SqlOrderBy order = (SqlOrderBy) node;
        Set<String> inner = order.query instanceof SqlWith with ? names(with, ctes) : ctes;
        query(order.query, ctes);
        Orders.nullsLast(order.orderList);
        expressions.all(order.orderList, inner);
        expressions.maybe(order.offset, inner);
        expressions.maybe(order.fetch, inner);
      }
      default -> throw Refusals.notAllowed(Leaves.describe(node), node);
    }
  }

  private Set<String> names(SqlWith with, Set<String> ctes) {
    Set<String> inner = new HashSet<>(ctes);
    for (SqlNode each : with.withList) {
      inner.add(lower(((SqlWithItem) each).name.getSimple()));
    }
    return inner;
  }

  private void with(SqlWith with, Set<String> ctes) {
    Set<String> inner = new HashSet<>(ctes);
    for (SqlNode each : with.withList) {
      SqlWithItem item = (SqlWithItem) each;
      plainName(item.name);
      plainNames(item.columnList);
      Set<String> own = new HashSet<>(inner);
      own.add(lower(item.name.getSimple()));
      if (item.recursive.booleanValue() && isUnionOfTwo(item.query)) {
        SqlBasicCall union = (SqlBasicCall) item.query;
        query(union.operand(0), inner);
        query(union.operand(1), own);
      } else {
        query(item.query, inner);
      }
      inner = own;
    }
    query(with.body, inner);
  }

  /** Only the second part of a union may name the item itself; elsewhere engines look elsewhere. */
  private static boolean isUnionOfTwo(SqlNode query) {
    return query instanceof SqlBasicCall call
        && call.getKind() == SqlKind.UNION
        && call.operandCount() == 2;
  }

  private void select(SqlSelect select, Set<String> ctes) {
    if (select.getOperandList().get(0) instanceof SqlNodeList keywords) {
      keywords.forEach(Guard::keyword);
    }
    if (select.hasHints()) {
      throw Refusals.notAllowed("a hint", select.getParserPosition());
    }
    GroupByAll.expand(select);
    if (select.getOrderList() != null) {
      Orders.nullsLast(select.getOrderList());
    }
    List<Covered> covered = new ArrayList<>();
    SqlNode from = select.getFrom();
    if (from != null) {
      select.setFrom(from(from, ctes, covered));
    }
    SqlNodeList list = select.getSelectList();
    for (int i = 0; i < list.size(); i++) {
      list.set(i, selected(list.get(i), ctes, covered));
    }
    ItemNames.give(select, spellings);
    expressions.maybe(select.getWhere(), ctes);
    expressions.maybe(select.getGroup(), ctes);
    expressions.maybe(select.getHaving(), ctes);
    expressions.all(select.getWindowList(), ctes);
    expressions.maybe(select.getQualify(), ctes);
    expressions.maybe(select.getOrderList(), ctes);
    expressions.maybe(select.getOffset(), ctes);
    expressions.maybe(select.getFetch(), ctes);
  }

  private static void keyword(SqlNode keyword) {
    if (!(keyword instanceof org.apache.calcite.sql.SqlLiteral literal)
        || literal.symbolValue(SqlSelectKeyword.class) == SqlSelectKeyword.STREAM) {
      throw Refusals.notAllowed("this keyword", keyword.getParserPosition());
    }
  }

  private SqlNode selected(SqlNode node, Set<String> ctes, List<Covered> covered) {
    if (node instanceof SqlIdentifier star && star.isStar()) {
      return star(star, SqlNodeList.EMPTY, covered);
    }
    if (node instanceof SqlStarExclude star) {
      for (SqlNode excluded : star.getExcludeList()) {
        if (!(excluded instanceof SqlIdentifier column) || column.isStar()) {
          throw Refusals.notAllowed("EXCLUDE of this", excluded.getParserPosition());
        }
        columnUsed(column);
      }
      SqlNode replaced = star(star.getStarIdentifier(), star.getExcludeList(), covered);
      return replaced instanceof VisibleStar ? replaced : star;
    }
    expressions.check(node, ctes);
    return node;
  }

  private SqlNode star(SqlIdentifier star, SqlNodeList excluded, List<Covered> covered) {
    Expressions.withoutSchema(star);
    if (!metadata) {
      return star;
    }
    List<Covered> reached = covered;
    if (star.names.size() > 1) {
      String table = star.names.get(star.names.size() - 2);
      reached = covered.stream().filter(each -> each.alias().equalsIgnoreCase(table)).toList();
    }
    return reached.isEmpty() ? star : new VisibleStar(star, reached, excluded);
  }

  private SqlNode from(SqlNode node, Set<String> ctes, List<Covered> covered) {
    if (node instanceof SqlIdentifier identifier) {
      SqlNode table = table(identifier, ctes, metadata);
      return table instanceof DatasetRef ref
          ? named(ref, identifier.names.get(identifier.names.size() - 1), covered)
          : table;
    }
    switch (node.getKind()) {
      case AS -> {
        return as((SqlCall) node, ctes, covered);
      }
      case JOIN -> {
        join((SqlJoin) node, ctes, covered);
        return node;
      }
      case LATERAL, UNNEST -> {
        source(node, ctes);
        return node;
      }
      default -> {
        if (!isQuery(node)) {
          throw Refusals.notAllowed(fromKind(node), node);
        }
        query(node, ctes);
        return node;
      }
    }
  }

  private static String fromKind(SqlNode node) {
    return node.getKind() == SqlKind.COLLECTION_TABLE
        ? "a table function in FROM"
        : Leaves.describe(node) + " in FROM";
  }

  private static SqlNode named(DatasetRef ref, String alias, List<Covered> covered) {
    covered.add(new Covered(alias, ref.use()));
    return SqlStdOperatorTable.AS.createCall(
        ref.getParserPosition(), ref, new SqlIdentifier(alias, ref.getParserPosition()));
  }

  private SqlNode as(SqlCall as, Set<String> ctes, List<Covered> covered) {
    List<SqlNode> operands = as.getOperandList();
    for (SqlNode name : operands.subList(1, operands.size())) {
      plainName(name);
    }
    SqlNode source = operands.get(0);
    if (source instanceof SqlIdentifier identifier) {
      boolean renamed = operands.size() > 2;
      SqlNode table = table(identifier, ctes, metadata && !renamed);
      as.setOperand(0, table);
      if (table instanceof DatasetRef ref && !renamed) {
        covered.add(new Covered(((SqlIdentifier) operands.get(1)).getSimple(), ref.use()));
      }
    } else {
      source(source, ctes);
    }
    return as;
  }

  /** What may stand in FROM but is no table: a query, or values unfolded. */
  private void source(SqlNode node, Set<String> ctes) {
    if (isQuery(node)) {
      query(node, ctes);
    } else if (node instanceof SqlBasicCall call
        && (call.getOperator() instanceof SqlUnnestOperator
            || call.getOperator() instanceof SqlLateralOperator)) {
      for (SqlNode operand : call.getOperandList()) {
        if (call.getOperator() instanceof SqlLateralOperator) {
          source(operand, ctes);
        } else {
          expressions.check(operand, ctes);
        }
      }
    } else {
      throw Refusals.notAllowed(fromKind(node), node);
    }
  }

  private void join(SqlJoin join, Set<String> ctes, List<Covered> covered) {
    if (!JOINS.contains(join.getJoinType())) {
      throw Refusals.notAllowed(join.getJoinType() + " JOIN", join.getParserPosition());
    }
    if (join.isNatural() && metadata) {
      throw Refusals.notAllowed("NATURAL JOIN beside metadata columns", join.getParserPosition());
    }
    join.setLeft(from(join.getLeft(), ctes, covered));
    join.setRight(from(join.getRight(), ctes, covered));
    SqlNode condition = join.getCondition();
    if (condition == null) {
      return;
    }
    if (join.getConditionType() == JoinConditionType.USING) {
      for (SqlNode column : (SqlNodeList) condition) {
        plainName(column);
        columnUsed((SqlIdentifier) column);
        if (MetadataColumns.contains(lower(((SqlIdentifier) column).getSimple()))) {
          throw Refusals.notAllowed("USING a metadata column", column.getParserPosition());
        }
      }
    } else {
      expressions.check(condition, ctes);
    }
  }

  private SqlNode table(SqlIdentifier identifier, Set<String> ctes, boolean withMetadata) {
    List<String> names = identifier.names;
    if (names.size() == 1 && ctes.contains(lower(names.get(0)))) {
      return identifier;
    }
    String last = lower(names.get(names.size() - 1));
    boolean inLake = names.size() == 1 || (names.size() == 2 && lower(names.get(0)).equals(lake()));
    Named place = Named.of(last, identifier.getParserPosition());
    if (!inLake || !DatasetName.isLegal(last)) {
      throw Problem.of(
              404,
              "unknown_table",
              "There is no such table",
              "'"
                  + identifier
                  + "' is no dataset, at line "
                  + place.line()
                  + ", column "
                  + place.column())
          .hint("datasets are named t or lake.t; GET /catalog/datasets lists them")
          .with("table", identifier.toString())
          .with("nearest", List.of())
          .with("line", place.line())
          .with("column", place.column())
          .toException();
    }
    DatasetName dataset = new DatasetName(last);
    AsOf asOf = spellings.takeAsOf(identifier.getParserPosition());
    tables.add(new TableUse(dataset, place, asOf == null ? new AsOf.Now() : asOf));
    return new DatasetRef(dataset, tables.size() - 1, withMetadata, identifier.getParserPosition());
  }

  static void plainName(SqlNode node) {
    if (!(node instanceof SqlIdentifier name)
        || !name.isSimple()
        || !NAME.matcher(name.getSimple()).matches()) {
      throw Refusals.notAllowed("the name " + node, node.getParserPosition());
    }
  }

  private static void plainNames(@Nullable SqlNodeList names) {
    if (names != null) {
      names.forEach(Guard::plainName);
    }
  }

  static String lake() {
    return TableNames.LAKE.level(0);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
