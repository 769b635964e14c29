package dev.lakehouse.query.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLambda;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the rows of a table, that a policy names: an expression of the dialect over the
 * table's own columns, with {@code attr('name')} for an attribute of whoever asks. Nothing else is
 * in reach of it, and nothing of a query around it changes what it means.
 */
public final class RowFilter {
  private static final Set<String> CLOCKS =
      Set.of("current_date", "current_time", "current_timestamp", "localtime", "localtimestamp");
  private static final Set<String> NOW = Set.of("now");

  private final SqlNode tree;
  private final List<String> attributes;
  private final Set<String> columns;
  private final boolean readsClock;

  private RowFilter(
      SqlNode tree, List<String> attributes, Set<String> columns, boolean readsClock) {
    this.tree = tree;
    this.attributes = attributes;
    this.columns = columns;
    this.readsClock = readsClock;
  }

  /**
   * Checks an expression.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException {@code sql_not_allowed}
   */
  static RowFilter of(SqlNode expression, Spellings spellings) {
    Look look = new Look();
    expression.accept(look);
    Attributes attributes = new Attributes();
    SqlNode tree = expression.accept(attributes);
    if (tree == null) {
      throw Refusals.notAllowed("nothing as a condition", expression);
    }
    new Expressions(new Guard(spellings)).check(tree, Set.of());
    spellings.checkAllTaken();
    Columns columns = new Columns();
    tree.accept(columns);
    return new RowFilter(
        tree, List.copyOf(attributes.names), Set.copyOf(columns.names), columns.readsClock);
  }

  /** The attributes that it asks for. */
  public Set<String> attributes() {
    return Set.copyOf(attributes);
  }

  /** The columns that it is about, in lower case. */
  public Set<String> columns() {
    return columns;
  }

  /** Whether its meaning depends on the time. */
  public boolean readsClock() {
    return readsClock;
  }

  /**
   * The condition with everything in its place.
   *
   * @param valuesOf the values of an attribute, texts, numbers and truth values; empty if there is
   *     no such attribute, which no row fulfils; so it is if there are several where one is meant
   * @param column the table's own name for a column, asked in lower case
   */
  public SqlNode bound(Function<String, List<Object>> valuesOf, Function<String, String> column) {
    for (String attribute : attributes) {
      if (valuesOf.apply(attribute).isEmpty()) {
        return SqlLiteral.createBoolean(false, SqlParserPos.ZERO);
      }
    }
    Binding binding = new Binding(valuesOf, column);
    SqlNode bound = tree.accept(binding);
    return bound == null || binding.ambiguous
        ? SqlLiteral.createBoolean(false, SqlParserPos.ZERO)
        : bound;
  }

  /** Refuses what a condition on one row cannot be made of. */
  private static final class Look extends SqlBasicVisitor<@Nullable Void> {
    @Override
    public @Nullable Void visit(SqlCall call) {
      if (Guard.isQuery(call)) {
        throw Refusals.notAllowed("a query in a row filter", call);
      }
      if (call instanceof SqlLambda || call.getKind() == SqlKind.OVER) {
        throw Refusals.notAllowed(Leaves.describe(call) + " in a row filter", call);
      }
      if (call.getOperator() instanceof SqlFunction function
          && Functions.isAggregate(function.getName())) {
        throw Refusals.notAllowed("an aggregate in a row filter", call);
      }
      return super.visit(call);
    }

    @Override
    public @Nullable Void visit(SqlDynamicParam param) {
      throw Refusals.notAllowed("a ? in a row filter", param);
    }

    @Override
    public @Nullable Void visit(SqlIdentifier id) {
      if (id.isSimple() && CLOCKS.contains(id.getSimple().toLowerCase(Locale.ROOT))) {
        throw Refusals.notAllowed("the name " + id + " in a row filter (now() is)", id);
      }
      return null;
    }
  }

  /** Puts a numbered place for each attribute. */
  private static final class Attributes extends SqlShuttle {
    private final Set<String> names = new LinkedHashSet<>();

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      if (!call.getOperator().getName().equalsIgnoreCase("attr")) {
        return super.visit(call);
      }
      if (call.operandCount() != 1 || !(call.operand(0) instanceof SqlCharStringLiteral name)) {
        throw Refusals.notAllowed("attr without one name in quotes", call);
      }
      String text = name.getValueAs(String.class);
      names.add(text);
      return new SqlDynamicParam(List.copyOf(names).indexOf(text), call.getParserPosition());
    }
  }

  private static final class Columns extends SqlBasicVisitor<@Nullable Void> {
    private final Set<String> names = new LinkedHashSet<>();
    private boolean readsClock;

    @Override
    public @Nullable Void visit(SqlCall call) {
      readsClock |= NOW.contains(call.getOperator().getName().toLowerCase(Locale.ROOT));
      return super.visit(call);
    }

    @Override
    public @Nullable Void visit(SqlIdentifier id) {
      names.add(id.names.get(0).toLowerCase(Locale.ROOT));
      return null;
    }
  }

  private final class Binding extends SqlShuttle {
    private final Function<String, List<Object>> valuesOf;
    private final Function<String, String> column;
    private boolean ambiguous;

    Binding(Function<String, List<Object>> valuesOf, Function<String, String> column) {
      this.valuesOf = valuesOf;
      this.column = column;
    }

    @Override
    public SqlNode visit(SqlIdentifier id) {
      List<String> path = new ArrayList<>(id.names);
      path.set(0, column.apply(path.get(0).toLowerCase(Locale.ROOT)));
      return Seen.Part.column(path);
    }

    /** Alone an attribute has one value; more are alternatives, which only a list takes. */
    @Override
    public SqlNode visit(SqlDynamicParam param) {
      List<Object> values = valuesOf.apply(attributes.get(param.getIndex()));
      ambiguous |= values.size() > 1;
      return literal(values.get(0));
    }

    @Override
    public @Nullable SqlNode visit(SqlNodeList list) {
      SqlNodeList bound = new SqlNodeList(list.getParserPosition());
      for (SqlNode each : list) {
        if (each instanceof SqlDynamicParam param) {
          valuesOf.apply(attributes.get(param.getIndex())).forEach(v -> bound.add(literal(v)));
        } else if (each != null) {
          bound.add(each.accept(this));
        }
      }
      return bound;
    }
  }

  private static SqlNode literal(Object value) {
    if (value instanceof Boolean truth) {
      return SqlLiteral.createBoolean(truth, SqlParserPos.ZERO);
    }
    if (value instanceof BigDecimal number) {
      return SqlLiteral.createExactNumeric(number.toPlainString(), SqlParserPos.ZERO);
    }
    return SqlLiteral.createCharString(value.toString(), SqlParserPos.ZERO);
  }
}
