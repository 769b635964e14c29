package dev.lakehouse.query.engine;

import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlLambda;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWriter;
import org.jspecify.annotations.Nullable;

/**
 * Calls of functions as DuckDB has them: under another name, or written another way. Operands keep
 * their order, for {@code ?} are bound by it.
 */
final class DuckFunctions {
  private static final Map<String, String> RENAMED =
      Map.ofEntries(
          Map.entry("approx_distinct", "approx_count_distinct"),
          Map.entry("arbitrary", "any_value"),
          Map.entry("array_join", "array_to_string"),
          Map.entry("array_max", "list_max"),
          Map.entry("array_min", "list_min"),
          Map.entry("cardinality", "len"),
          Map.entry("char_length", "length"),
          Map.entry("character_length", "length"),
          Map.entry("contains", "list_contains"),
          Map.entry("count_if", "countif"),
          Map.entry("date$diff", "date_diff"),
          Map.entry("day_of_week", "isodow"),
          Map.entry("day_of_year", "dayofyear"),
          Map.entry("dow", "isodow"),
          Map.entry("doy", "dayofyear"),
          Map.entry("every", "bool_and"),
          Map.entry("filter", "list_filter"),
          Map.entry("from_hex", "unhex"),
          Map.entry("from_unixtime", "to_timestamp"),
          Map.entry("is_finite", "isfinite"),
          Map.entry("is_infinite", "isinf"),
          Map.entry("is_nan", "isnan"),
          Map.entry("json_extract_scalar", "json_extract_string"),
          Map.entry("levenshtein_distance", "levenshtein"),
          Map.entry("listagg", "string_agg"),
          Map.entry("octet_length", "strlen"),
          Map.entry("rand", "random"),
          Map.entry("regexp_like", "regexp_matches"),
          Map.entry("sequence", "generate_series"),
          Map.entry("split", "string_split"),
          Map.entry("to_hex", "hex"),
          Map.entry("to_unixtime", "epoch"),
          Map.entry("transform", "list_transform"),
          Map.entry("translate3", "translate"),
          Map.entry("truncate", "trunc"));

  private DuckFunctions() {}

  static boolean isRenamed(String name) {
    return RENAMED.containsKey(name);
  }

  /** Writes a call that is another expression in DuckDB; says whether it was one. */
  static boolean special(SqlWriter writer, String name, SqlCall call) {
    switch (name) {
      case "json_value" -> jsonValue(writer, call);
      case "regexp_replace" -> regexpReplace(writer, call);
      case "any_match" -> matches(writer, call, true);
      case "all_match" -> matches(writer, call, false);
      case "median" -> {
        SqlWriter.Frame frame = open(writer, "median");
        Doubles.of(call.operand(0)).unparse(writer, 0, 0);
        writer.endList(frame);
      }
      case "date_format" -> dateFormat(writer, call);
      case "date_add" -> dateAdd(writer, call);
      default -> {
        return false;
      }
    }
    return true;
  }

  static SqlWriter.Frame open(SqlWriter writer, String function) {
    writer.print(function);
    return writer.startList(SqlWriter.FrameTypeEnum.FUN_CALL, "(", ")");
  }

  private static void next(SqlWriter writer, SqlNode operand) {
    writer.sep(",", true);
    operand.unparse(writer, 0, 0);
  }

  private static SqlNode text(String text, SqlNode at) {
    return SqlLiteral.createCharString(text, at.getParserPosition());
  }

  private static void dateFormat(SqlWriter writer, SqlCall call) {
    SqlWriter.Frame frame = open(writer, "strftime");
    call.operand(0).unparse(writer, 0, 0);
    next(writer, text(DuckFormats.strftime(call.operand(1)), call.operand(1)));
    writer.endList(frame);
  }

  private static void dateAdd(SqlWriter writer, SqlCall call) {
    SqlWriter.Frame sum = writer.startList("(", ")");
    SqlWriter.Frame interval = open(writer, DuckIntervals.maker(call.operand(0)));
    call.operand(1).unparse(writer, 0, 0);
    writer.endList(interval);
    writer.print("+");
    call.operand(2).unparse(writer, 100, 100);
    writer.endList(sum);
  }

  /** All occurrences, not the first alone. */
  private static void regexpReplace(SqlWriter writer, SqlCall call) {
    SqlWriter.Frame frame = open(writer, "regexp_replace");
    call.operand(0).unparse(writer, 0, 0);
    next(writer, call.operand(1));
    next(writer, call.operandCount() > 2 ? call.operand(2) : text("", call));
    next(writer, text("g", call));
    writer.endList(frame);
  }

  private static void matches(SqlWriter writer, SqlCall call, boolean any) {
    SqlWriter.Frame whole = writer.startList("(", ")");
    if (!any) {
      writer.keyword("NOT");
    }
    SqlWriter.Frame contains = open(writer, "list_contains");
    SqlWriter.Frame truths = open(writer, "list_transform");
    call.operand(0).unparse(writer, 0, 0);
    writer.sep(",", true);
    argument(writer, call.operand(1));
    writer.endList(truths);
    next(writer, SqlLiteral.createBoolean(any, call.getParserPosition()));
    writer.endList(contains);
    writer.endList(whole);
  }

  private static void jsonValue(SqlWriter writer, SqlCall call) {
    SqlWriter.Frame frame = open(writer, "json_extract_string");
    call.operand(0).unparse(writer, 0, 0);
    SqlNode path = call.operand(1);
    next(
        writer,
        path instanceof SqlCharStringLiteral literal
            ? text(literal.getValueAs(String.class).replaceFirst("^(?i:lax|strict)\\s+", ""), path)
            : path);
    writer.endList(frame);
  }

  /** DuckDB has the order of an aggregate, and the treatment of nulls, inside the parentheses. */
  static void call(
      SqlWriter writer, SqlCall call, @Nullable SqlNodeList order, @Nullable String nulls) {
    String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
    SqlWriter.Frame frame = open(writer, RENAMED.getOrDefault(name, name));
    SqlLiteral quantifier = call.getFunctionQuantifier();
    if (quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT) {
      writer.keyword("DISTINCT");
    }
    for (SqlNode operand : call.getOperandList()) {
      if (operand instanceof SqlNodeList inner) {
        orderBy(writer, inner);
      } else {
        writer.sep(",");
        argument(writer, operand);
      }
    }
    if (order != null) {
      orderBy(writer, order);
    }
    if (nulls != null) {
      writer.keyword(nulls);
    }
    writer.endList(frame);
  }

  private static void argument(SqlWriter writer, SqlNode operand) {
    if (operand instanceof SqlLambda lambda) {
      writer.keyword("lambda");
      for (int i = 0; i < lambda.getParameters().size(); i++) {
        if (i > 0) {
          writer.print(",");
        }
        lambda.getParameters().get(i).unparse(writer, 0, 0);
      }
      writer.print(":");
      lambda.getExpression().unparse(writer, 0, 0);
    } else {
      operand.unparse(writer, 0, 0);
    }
  }

  private static void orderBy(SqlWriter writer, SqlNodeList order) {
    writer.keyword("ORDER BY");
    for (int i = 0; i < order.size(); i++) {
      if (i > 0) {
        writer.print(",");
      }
      order.get(i).unparse(writer, 0, 0);
    }
  }
}
