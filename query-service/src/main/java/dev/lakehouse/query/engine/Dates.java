package dev.lakehouse.query.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDateLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLambda;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * Which expressions of a query are known to be dates. In the dialect a date and whole days, months
 * or years make a date; DuckDB makes a timestamp of them. An expression counts as a date only if
 * everything that could be meant by it is one.
 */
final class Dates {
  private static final Set<TimeUnit> WHOLE_DAYS =
      Set.of(TimeUnit.YEAR, TimeUnit.QUARTER, TimeUnit.MONTH, TimeUnit.WEEK, TimeUnit.DAY);
  private static final Set<String> MAKE_DATES = Set.of("current_date", "last_day", "make_date");
  private static final Set<String> KEEP_DATES =
      Set.of("min", "max", "any_value", "arbitrary", "lag", "lead", "first_value", "last_value");

  private final Map<String, List<SqlNode>> selected = new HashMap<>();
  private final Map<String, Boolean> columns = new HashMap<>();
  private final Set<String> unknown = new HashSet<>();
  private final Set<String> looking = new HashSet<>();

  /** The dates of a query over what it sees. */
  static Dates of(EngineQuery query) {
    return new Dates(
        query.statement().tree(),
        IntStream.range(0, query.tables().size())
            .boxed()
            .flatMap(use -> query.columns(use).stream())
            .toList());
  }

  /**
   * @param tree of a guarded query
   * @param seen the columns of all tables that it reads
   */
  Dates(SqlNode tree, List<NestedField> seen) {
    for (NestedField column : seen) {
      columns.merge(
          lower(column.name()),
          column.type().typeId() == Type.TypeID.DATE,
          (one, other) -> one && other);
      if (column.type().isNestedType()) {
        column.type().asNestedType().fields().forEach(field -> unknown.add(lower(field.name())));
      }
    }
    tree.accept(new Names());
  }

  /** Notes what each name of the query may stand for. */
  private final class Names extends SqlBasicVisitor<@Nullable Void> {
    @Override
    public @Nullable Void visit(SqlCall call) {
      if (call instanceof SqlLambda lambda) {
        lambda.getParameters().forEach(Dates.this::isUnknown);
      } else if (call instanceof SqlWithItem item && item.columnList != null) {
        item.columnList.forEach(Dates.this::isUnknown);
      } else if (call.getKind() == SqlKind.AS) {
        as(call);
      }
      return super.visit(call);
    }

    private void as(SqlCall call) {
      if (call.operandCount() == 2 && call.operand(1) instanceof SqlIdentifier name) {
        selected
            .computeIfAbsent(lower(name.getSimple()), n -> new ArrayList<>())
            .add(call.operand(0));
      }
      for (int i = 2; i < call.operandCount(); i++) {
        if (call.operand(0) instanceof SqlBasicCall values && values.getKind() == SqlKind.VALUES) {
          String name = lower(((SqlIdentifier) call.operand(i)).getSimple());
          for (SqlNode row : values.getOperandList()) {
            SqlNode value = row instanceof SqlCall cells ? cells.operand(i - 2) : row;
            selected.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
          }
        } else {
          isUnknown(call.operand(i));
        }
      }
    }
  }

  private void isUnknown(SqlNode name) {
    if (name instanceof SqlIdentifier identifier) {
      unknown.add(lower(identifier.names.get(identifier.names.size() - 1)));
    }
  }

  /** Whether the expression is a date, as far as can be told. */
  boolean isDate(SqlNode node) {
    if (node instanceof SqlIdentifier name) {
      return name.names.size() <= 2 && isDate(lower(name.names.get(name.names.size() - 1)));
    }
    if (node instanceof SqlDateLiteral) {
      return true;
    }
    if (node instanceof SqlUnknownLiteral literal) {
      return literal.tag.equalsIgnoreCase("DATE");
    }
    if (!(node instanceof SqlCall call)) {
      return false;
    }
    return switch (call.getKind()) {
      case PLUS, MINUS -> isMovedDate(call);
      case CAST, SAFE_CAST -> call.operandCount() > 1 && isDateType(call.operand(1));
      case OVER -> isDate(call.operand(0));
      default -> {
        String name = lower(call.getOperator().getName());
        yield MAKE_DATES.contains(name)
            || (KEEP_DATES.contains(name) && call.operandCount() > 0 && isDate(call.operand(0)))
            || isMovedByFunction(name, call);
      }
    };
  }

  /** Whether the call is a date and an interval of whole days or more. */
  boolean isMovedDate(SqlCall call) {
    if (call.operandCount() != 2) {
      return false;
    }
    SqlNode left = call.operand(0);
    SqlNode right = call.operand(1);
    return (isWholeDays(right) && isDate(left))
        || (call.getKind() == SqlKind.PLUS && isWholeDays(left) && isDate(right));
  }

  /** Whether the call is {@code date_trunc} or {@code date_add} of a date, which stays one. */
  boolean isMovedByFunction(String name, SqlCall call) {
    return switch (name) {
      case "date_trunc" -> call.operandCount() == 2 && isDate(call.operand(1));
      case "date_add" ->
          call.operandCount() == 3
              && isDate(call.operand(2))
              && DuckIntervals.isWholeDays(call.operand(0));
      default -> false;
    };
  }

  private boolean isDate(String name) {
    List<SqlNode> meanings = selected.getOrDefault(name, List.of());
    Boolean column = columns.get(name);
    if (unknown.contains(name)
        || Boolean.FALSE.equals(column)
        || (column == null && meanings.isEmpty())) {
      return false;
    }
    if (!looking.add(name)) {
      return true;
    }
    try {
      return meanings.stream().allMatch(this::isDate);
    } finally {
      looking.remove(name);
    }
  }

  private static boolean isWholeDays(SqlNode node) {
    return node instanceof SqlIntervalLiteral literal
        && WHOLE_DAYS.contains(
            literal
                .getValueAs(SqlIntervalLiteral.IntervalValue.class)
                .getIntervalQualifier()
                .timeUnitRange
                .startUnit);
  }

  private static boolean isDateType(SqlNode type) {
    return type instanceof SqlDataTypeSpec spec
        && spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
        && SqlTypeName.get(basic.getTypeName().getSimple()) == SqlTypeName.DATE;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
