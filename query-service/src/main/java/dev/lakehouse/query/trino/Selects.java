package dev.lakehouse.query.trino;

import dev.lakehouse.query.trino.Source.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlWindow;
import org.jspecify.annotations.Nullable;

/** One SELECT: stars become columns, aliases what they stand for, QUALIFY a query around it. */
final class Selects {
  private final Translation translation;
  private final Sources sources;

  Selects(Translation translation) {
    this.translation = translation;
    this.sources = new Sources(translation);
  }

  /** An item of a SELECT. */
  private record Item(String name, Expr value) {}

  /** A SELECT under work. */
  private record Parts(
      SqlSelect select, Scope scope, Ctes ctes, List<Item> items, List<Sql> clauses) {}

  Translated of(SqlSelect select, SqlNodeList order, @Nullable Scope outer, Ctes ctes) {
    Source source =
        select.getFrom() == null
            ? Source.NONE
            : sources.of(select.getFrom(), new Scope(outer, Source.NONE), ctes);
    Scope scope = new Scope(outer, source);
    List<Item> items = items(select.getSelectList(), scope, ctes);
    List<Sql> clauses = new ArrayList<>();
    if (select.getFrom() != null) {
      clauses.add(Sql.of("FROM %", source.sql()));
    }
    if (select.getWhere() != null) {
      clauses.add(Sql.of("WHERE %", value(select.getWhere(), scope, ctes)));
    }
    Parts parts = new Parts(select, scope, ctes, items, clauses);
    group(parts);
    if (select.getHaving() != null) {
      clauses.add(Sql.of("HAVING %", value(select.getHaving(), scope, ctes)));
    }
    windows(parts);
    List<Output> outputs =
        items.stream().map(item -> new Output(item.name(), item.value().type())).toList();
    SqlNodeList ordered = order.isEmpty() ? select.getOrderList() : order;
    Sql sql =
        select.getQualify() == null
            ? plain(parts, ordered == null ? SqlNodeList.EMPTY : ordered)
            : qualified(parts, ordered == null ? SqlNodeList.EMPTY : ordered);
    return new Translated(sql, outputs);
  }

  private Sql value(SqlNode node, Scope scope, Ctes ctes) {
    return translation.expressions().of(node, scope, ctes).sql();
  }

  private List<Item> items(SqlNodeList selected, Scope scope, Ctes ctes) {
    List<Item> items = new ArrayList<>();
    for (SqlNode node : selected) {
      if (node instanceof SqlIdentifier star && star.isStar()) {
        star(star, SqlNodeList.EMPTY, scope, items);
      } else if (node instanceof SqlStarExclude star) {
        star(star.getStarIdentifier(), star.getExcludeList(), scope, items);
      } else if (node instanceof SqlIdentifier name) {
        Column column = scope.find(name);
        Expr value = translation.expressions().of(name, scope, ctes);
        items.add(new Item(column == null ? last(name) : column.name(), value));
      } else if (node.getKind() == SqlKind.AS) {
        String name = ((SqlIdentifier) ((SqlCall) node).operand(1)).getSimple();
        Expr value = translation.expressions().of(((SqlCall) node).operand(0), scope, ctes);
        items.add(new Item(name, value));
        scope.alias(name, value);
      } else {
        items.add(new Item("col" + items.size(), translation.expressions().of(node, scope, ctes)));
      }
    }
    return items;
  }

  private void star(SqlIdentifier star, SqlNodeList excluded, Scope scope, List<Item> items) {
    List<Column> columns = scope.source().columns();
    if (star.names.size() > 1) {
      String table = star.names.get(star.names.size() - 2);
      columns = scope.columnsOf(table);
      if (columns == null) {
        throw translation.unknownTable(table);
      }
    }
    for (SqlNode each : excluded) {
      String name = last(each);
      if (columns.stream().noneMatch(column -> column.name().equalsIgnoreCase(name))) {
        throw translation.unknown((SqlIdentifier) each, scope);
      }
    }
    int before = items.size();
    for (Column column : columns) {
      boolean left =
          column.hidden()
              || excluded.stream().anyMatch(each -> last(each).equalsIgnoreCase(column.name()));
      if (!left) {
        items.add(new Item(column.name(), column.value()));
      }
    }
    if (items.size() == before) {
      throw Refused.failed("a star leaves no column");
    }
  }

  private static String last(SqlNode name) {
    List<String> names = ((SqlIdentifier) name).names;
    return names.get(names.size() - 1);
  }

  private void group(Parts parts) {
    SqlNodeList group = parts.select().getGroup();
    if (group == null) {
      return;
    }
    List<Sql> items = new ArrayList<>();
    for (SqlNode each : group) {
      items.add(grouped(each, parts, true));
    }
    parts.clauses().add(Sql.of("GROUP BY %", Sql.joined(", ", items)));
  }

  /**
   * An item of GROUP BY.
   *
   * @param alone whether it may be a place; in sets Trino wants the column itself
   */
  private Sql grouped(SqlNode node, Parts parts, boolean alone) {
    if (node instanceof SqlNumericLiteral number) {
      return place((int) number.longValue(true), parts, alone);
    }
    if (node instanceof SqlIdentifier name
        && name.isSimple()
        && parts.scope().source().columns().stream()
            .noneMatch(column -> column.name().equalsIgnoreCase(name.getSimple()))) {
      int item = item(name.getSimple(), parts.items());
      if (item > 0) {
        return place(item, parts, alone);
      }
    }
    if (node instanceof SqlNodeList list) {
      return sets("(%)", list, parts);
    }
    return switch (node.getKind()) {
      case ROLLUP -> sets("ROLLUP (%)", ((SqlCall) node).getOperandList(), parts);
      case CUBE -> sets("CUBE (%)", ((SqlCall) node).getOperandList(), parts);
      case GROUPING_SETS -> sets("GROUPING SETS (%)", ((SqlCall) node).getOperandList(), parts);
      case ROW -> sets("(%)", ((SqlCall) node).getOperandList(), parts);
      default -> value(node, parts.scope(), parts.ctes());
    };
  }

  private static Sql place(int item, Parts parts, boolean alone) {
    return alone || item < 1 || item > parts.items().size()
        ? Sql.number(item)
        : parts.items().get(item - 1).value().sql();
  }

  private Sql sets(String words, List<? extends SqlNode> nodes, Parts parts) {
    List<Sql> each = new ArrayList<>();
    for (SqlNode node : nodes) {
      each.add(grouped(node, parts, false));
    }
    return Sql.of(words, Sql.joined(", ", each));
  }

  /** The place, from 1, of the item of a name; 0 if there is none. */
  private static int item(String name, List<Item> items) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).name().equalsIgnoreCase(name)) {
        return i + 1;
      }
    }
    return 0;
  }

  private void windows(Parts parts) {
    List<Sql> windows = new ArrayList<>();
    for (SqlNode each : parts.select().getWindowList()) {
      SqlWindow window = (SqlWindow) each;
      windows.add(
          Sql.of(
              "% AS %",
              Sql.name(window.getDeclName().getSimple()),
              translation.expressions().window(window, parts.scope(), parts.ctes())));
    }
    if (!windows.isEmpty()) {
      parts.clauses().add(Sql.of("WINDOW %", Sql.joined(", ", windows)));
    }
  }

  private Sql plain(Parts parts, SqlNodeList order) {
    List<Sql> selected = new ArrayList<>();
    for (Item item : parts.items()) {
      selected.add(Sql.of("% AS %", sent(item, parts), Sql.name(item.name())));
    }
    List<Sql> by = new ArrayList<>();
    for (SqlNode each : order) {
      int place = place(each, parts);
      by.add(
          Aggregates.order(
              each,
              place > 0
                  ? Sql.number(place)
                  : value(Aggregates.by(each), parts.scope(), parts.ctes())));
    }
    List<Sql> clauses = new ArrayList<>(parts.clauses());
    clauses.add(
        0,
        Sql.of(
            parts.select().isDistinct() ? "SELECT DISTINCT %" : "SELECT %",
            Sql.joined(", ", selected)));
    Sql select = Sql.joined(" ", clauses);
    return by.isEmpty() ? select : Sql.of("% ORDER BY %", select, Sql.joined(", ", by));
  }

  /** An item of the whole query is of a type that the driver hands over as it is. */
  private Sql sent(Item item, Parts parts) {
    ValueType type = item.value().type();
    ValueType sent = TrinoValues.sent(type);
    return sent.equals(type) || !translation.isWhole(parts.select())
        ? item.value().sql()
        : item.value().as(sent).sql();
  }

  /** The place of the item that an order is by; 0 if it is by something else. */
  private static int place(SqlNode ordered, Parts parts) {
    SqlNode by = Aggregates.by(ordered);
    if (by instanceof SqlNumericLiteral number) {
      return (int) number.longValue(true);
    }
    return by instanceof SqlIdentifier name && name.isSimple()
        ? item(name.getSimple(), parts.items())
        : 0;
  }

  private Sql qualified(Parts parts, SqlNodeList order) {
    List<Sql> inner = new ArrayList<>();
    List<Sql> outer = new ArrayList<>();
    for (Item item : parts.items()) {
      Sql column = Sql.name("c" + inner.size());
      inner.add(Sql.of("% AS %", sent(item, parts), column));
      outer.add(Sql.of("% AS %", column, Sql.name(item.name())));
    }
    List<Sql> by = new ArrayList<>();
    for (SqlNode each : order) {
      int place = place(each, parts);
      Sql column = Sql.number(place);
      if (place == 0) {
        column = Sql.name("c" + inner.size());
        Sql value = value(Aggregates.by(each), parts.scope(), parts.ctes());
        inner.add(Sql.of("% AS %", value, column));
      }
      by.add(Aggregates.order(each, column));
    }
    SqlNode condition = Objects.requireNonNull(parts.select().getQualify());
    inner.add(Sql.of("% AS qualifies", value(condition, parts.scope(), parts.ctes())));
    Sql select =
        Sql.of(
            (parts.select().isDistinct() ? "SELECT DISTINCT %" : "SELECT %")
                + " FROM (SELECT % %) AS q WHERE qualifies",
            Sql.joined(", ", outer),
            Sql.joined(", ", inner),
            Sql.joined(" ", parts.clauses()));
    return by.isEmpty() ? select : Sql.of("% ORDER BY %", select, Sql.joined(", ", by));
  }
}
