package dev.lakehouse.query.trino;

import dev.lakehouse.query.trino.ValueType.Simple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Queries as a whole: their WITH, their parts and how these come together, order and limits. */
final class Queries {
  private final Translation translation;
  private final Selects selects;

  Queries(Translation translation) {
    this.translation = translation;
    this.selects = new Selects(translation);
  }

  boolean isQuery(SqlNode node) {
    return switch (node.getKind()) {
      case SELECT, UNION, INTERSECT, EXCEPT, WITH, VALUES, ORDER_BY -> true;
      default -> false;
    };
  }

  /** The query with no limit but its own. */
  Translated of(SqlNode query, @Nullable Scope outer, Ctes ctes) {
    return of(query, outer, ctes, null);
  }

  /**
   * The query.
   *
   * @param most rows, or null
   */
  Translated of(SqlNode query, @Nullable Scope outer, Ctes ctes, @Nullable Long most) {
    SqlNodeList order = SqlNodeList.EMPTY;
    SqlNode body = query;
    Long rows = most;
    Long skipped = null;
    if (query instanceof SqlOrderBy ordered) {
      body = ordered.query;
      order = ordered.orderList;
      skipped = number(ordered.offset);
      Long own = number(ordered.fetch);
      rows = own == null ? most : most == null ? own : Long.valueOf(Math.min(own, most));
    }
    Translated whole = ordered(body, order, outer, ctes);
    Sql sql = whole.sql();
    if (skipped != null && skipped > 0) {
      sql = Sql.of("% OFFSET % ROWS", sql, Sql.number(skipped));
    }
    if (rows != null) {
      sql = Sql.of("% LIMIT %", sql, Sql.number(rows));
    }
    return new Translated(sql, whole.outputs());
  }

  private @Nullable Long number(@Nullable SqlNode node) {
    if (node == null) {
      return null;
    }
    Object value =
        node instanceof SqlNumericLiteral literal
            ? literal.bigDecimalValue()
            : node instanceof SqlDynamicParam parameter
                ? translation.query().parameters().get(parameter.getIndex())
                : node;
    if (value == null) {
      return null;
    }
    if (!(value instanceof Number)) {
      throw Refused.engine("a limit or offset that is computed", node);
    }
    BigDecimal number = new BigDecimal(value.toString());
    if (number.signum() < 0 || number.stripTrailingZeros().scale() > 0) {
      throw Refused.failed("a limit or offset is a whole number from 0");
    }
    return number.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
  }

  private Translated ordered(SqlNode body, SqlNodeList order, @Nullable Scope outer, Ctes ctes) {
    if (body instanceof SqlSelect select) {
      return selects.of(select, order, outer, ctes);
    }
    if (body instanceof SqlWith with) {
      return with(with, order, outer, ctes);
    }
    Translated whole =
        switch (body.getKind()) {
          case UNION, INTERSECT, EXCEPT -> set((SqlCall) body, outer, ctes);
          case VALUES -> values((SqlCall) body, outer, ctes);
          default -> {
            Translated inner = of(body, outer, ctes);
            yield order.isEmpty()
                ? new Translated(Sql.of("(%)", inner.sql()), inner.outputs())
                : new Translated(Sql.of("SELECT * FROM (%)", inner.sql()), inner.outputs());
          }
        };
    if (order.isEmpty()) {
      return whole;
    }
    List<Sql> items = new ArrayList<>();
    for (SqlNode item : order) {
      items.add(Aggregates.order(item, output(item, whole.outputs())));
    }
    return new Translated(
        Sql.of("% ORDER BY %", whole.sql(), Sql.joined(", ", items)), whole.outputs());
  }

  /** The place of the output that an order is by. */
  private static Sql output(SqlNode item, List<Output> outputs) {
    SqlNode by = Aggregates.by(item);
    if (by instanceof SqlNumericLiteral number) {
      return Sql.number(number.longValue(true));
    }
    if (by instanceof SqlIdentifier name && name.isSimple()) {
      for (int i = 0; i < outputs.size(); i++) {
        if (outputs.get(i).name().equalsIgnoreCase(name.getSimple())) {
          return Sql.number(i + 1L);
        }
      }
    }
    throw Refused.engine("an order by anything but columns of the result here", by);
  }

  private Translated with(SqlWith with, SqlNodeList order, @Nullable Scope outer, Ctes ctes) {
    List<Sql> items = new ArrayList<>();
    Ctes inner = ctes;
    boolean recursive = false;
    for (SqlNode each : with.withList) {
      SqlWithItem item = (SqlWithItem) each;
      String name = item.name.getSimple();
      boolean own =
          item.recursive.booleanValue()
              && item.query.getKind() == SqlKind.UNION
              && ((SqlCall) item.query).operandCount() == 2;
      Translated query = own ? recursive(item, outer, inner) : of(item.query, outer, inner);
      recursive |= own;
      List<Output> outputs = named(query.outputs(), item.columnList);
      items.add(Sql.of("% (%) AS (%)", Sql.name(name), names(outputs), query.sql()));
      inner = inner.with(name, outputs);
    }
    Translated body =
        with.body instanceof SqlOrderBy
            ? of(with.body, outer, inner)
            : ordered(with.body, order, outer, inner);
    if (recursive) {
      translation.recursive();
    }
    return new Translated(
        Sql.of(recursive ? "WITH RECURSIVE % %" : "WITH % %", Sql.joined(", ", items), body.sql()),
        body.outputs());
  }

  /** Trino takes the first part's types for all, so they must be those of both. */
  private Translated recursive(SqlWithItem item, @Nullable Scope outer, Ctes ctes) {
    SqlCall union = (SqlCall) item.query;
    String name = item.name.getSimple();
    Translated first = of(union.operand(0), outer, ctes);
    List<Output> outputs = named(first.outputs(), item.columnList);
    Translated step = of(union.operand(1), outer, ctes.with(name, outputs));
    if (!union.getOperator().getName().equals("UNION ALL")) {
      if (names(step.sql(), name)) {
        throw Refused.engine("WITH RECURSIVE with UNION instead of UNION ALL", item);
      }
      return of(item.query, outer, ctes);
    }
    if (step.outputs().size() != outputs.size()) {
      throw Refused.failed("the parts of WITH RECURSIVE have as many columns as each other");
    }
    List<Sql> cast = new ArrayList<>();
    List<Output> types = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      ValueType type = ValueType.common(outputs.get(i).type(), step.outputs().get(i).type());
      cast.add(Sql.of("CAST(% AS %)", Sql.name("c" + i), type.written()));
      types.add(new Output(outputs.get(i).name(), type));
    }
    List<Sql> inner = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      inner.add(Sql.name("c" + i));
    }
    return new Translated(
        Sql.of(
            "SELECT % FROM (%) AS first_part (%) UNION ALL %",
            Sql.joined(", ", cast),
            first.sql(),
            Sql.joined(", ", inner),
            of(union.operand(1), outer, ctes.with(name, types)).sql()),
        types);
  }

  private static boolean names(Sql sql, String name) {
    return sql.written().contains(Sql.name(name).written());
  }

  /** The outputs under other names, where there are some. */
  static List<Output> named(List<Output> outputs, @Nullable SqlNodeList names) {
    if (names == null) {
      return unique(outputs);
    }
    List<Output> named = new ArrayList<>(outputs);
    for (int i = 0; i < Math.min(names.size(), outputs.size()); i++) {
      named.set(i, new Output(((SqlIdentifier) names.get(i)).getSimple(), outputs.get(i).type()));
    }
    return unique(named);
  }

  /** The same with no name twice: the second {@code id} is {@code id_1}. */
  private static List<Output> unique(List<Output> outputs) {
    List<Output> unique = new ArrayList<>();
    for (Output output : outputs) {
      String name = output.name();
      for (int n = 1; has(unique, name); n++) {
        name = output.name() + "_" + n;
      }
      unique.add(new Output(name, output.type()));
    }
    return unique;
  }

  private static boolean has(List<Output> outputs, String name) {
    return outputs.stream().anyMatch(each -> each.name().equalsIgnoreCase(name));
  }

  static Sql names(List<Output> outputs) {
    return Sql.joined(", ", outputs.stream().map(each -> Sql.name(each.name())).toList());
  }

  private Translated set(SqlCall set, @Nullable Scope outer, Ctes ctes) {
    List<Sql> parts = new ArrayList<>();
    List<Output> outputs = List.of();
    for (SqlNode operand : set.getOperandList()) {
      Translated part = of(operand, outer, ctes);
      if (parts.isEmpty()) {
        outputs = part.outputs();
      } else {
        outputs = both(outputs, part.outputs(), set);
      }
      parts.add(Sql.of("(%)", part.sql()));
    }
    return new Translated(
        Sql.joined(" " + set.getOperator().getName() + " ", parts), List.copyOf(outputs));
  }

  private static List<Output> both(List<Output> left, List<Output> right, SqlNode at) {
    if (left.size() != right.size()) {
      throw Refused.failed("the parts of " + at.getKind() + " have as many columns as each other");
    }
    List<Output> both = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      both.add(
          new Output(
              left.get(i).name(), ValueType.common(left.get(i).type(), right.get(i).type())));
    }
    return both;
  }

  /** Rows of values; the columns are col0, col1 and so on. */
  Translated values(SqlCall values, @Nullable Scope outer, Ctes ctes) {
    List<List<Expr>> rows = new ArrayList<>();
    Scope scope = new Scope(outer, Source.NONE);
    for (SqlNode row : values.getOperandList()) {
      refuseQueries(row);
      rows.add(
          row instanceof SqlCall cells && cells.getKind() == SqlKind.ROW
              ? translation.expressions().all(cells.getOperandList(), scope, ctes)
              : List.of(translation.expressions().of(row, scope, ctes)));
    }
    int width = rows.get(0).size();
    List<List<Sql>> cells = new ArrayList<>();
    rows.forEach(row -> cells.add(new ArrayList<>()));
    List<Output> outputs = new ArrayList<>();
    for (int c = 0; c < width; c++) {
      List<Expr> column = new ArrayList<>();
      for (List<Expr> row : rows) {
        if (row.size() != width) {
          throw Refused.failed("the rows of VALUES have as many values as each other");
        }
        column.add(row.get(c));
      }
      List<Expr> same = translation.expressions().unified(column, values);
      ValueType type = Expressions.typeOf(same);
      for (int r = 0; r < same.size(); r++) {
        Expr cell = same.get(r);
        cells.get(r).add(cell.is(Simple.UNKNOWN) && r == 0 ? cell.as(type).sql() : cell.sql());
      }
      outputs.add(new Output("col" + c, type));
    }
    return new Translated(
        Sql.of(
            "VALUES %",
            Sql.joined(
                ", ", cells.stream().map(row -> Sql.of("(%)", Sql.joined(", ", row))).toList())),
        outputs);
  }

  /** Trino has no queries within VALUES. */
  private void refuseQueries(SqlNode row) {
    row.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            if (isQuery(call)) {
              throw Refused.engine("a query in VALUES", call);
            }
            return super.visit(call);
          }
        });
  }
}
