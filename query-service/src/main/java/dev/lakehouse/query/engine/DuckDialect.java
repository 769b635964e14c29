package dev.lakehouse.query.engine;

import dev.lakehouse.query.guard.ScanNames;
import dev.lakehouse.schemas.name.DatasetName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLambda;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.DuckDBSqlDialect;
import org.jspecify.annotations.Nullable;

/** The dialect in DuckDB's words, with the scans of one query. */
final class DuckDialect extends DuckDBSqlDialect implements ScanNames {
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
          Map.entry("rand", "random"),
          Map.entry("regexp_like", "regexp_matches"),
          Map.entry("sequence", "generate_series"),
          Map.entry("split", "string_split"),
          Map.entry("to_hex", "hex"),
          Map.entry("to_unixtime", "epoch"),
          Map.entry("transform", "list_transform"),
          Map.entry("truncate", "trunc"));

  private static final Set<String> ORDERED = Set.of("listagg", "string_agg", "array_agg");

  private final Map<DatasetName, DuckScan> scans;

  DuckDialect(Map<DatasetName, DuckScan> scans) {
    super(DuckDBSqlDialect.DEFAULT_CONTEXT);
    this.scans = scans;
  }

  @Override
  public SqlIdentifier scan(DatasetName dataset, boolean withMetadata) {
    return named(dataset).name(withMetadata);
  }

  @Override
  public List<String> metadataColumns(DatasetName dataset) {
    return named(dataset).metadataColumns();
  }

  private DuckScan named(DatasetName dataset) {
    DuckScan scan = scans.get(dataset);
    if (scan == null) {
      throw new IllegalStateException("no scan of " + dataset);
    }
    return scan;
  }

  @Override
  public void quoteStringLiteral(StringBuilder buffer, @Nullable String charset, String value) {
    buffer.append('\'').append(value.replace("'", "''")).append('\'');
  }

  @Override
  public void unparseOffsetFetch(
      SqlWriter writer, @Nullable SqlNode offset, @Nullable SqlNode fetch) {
    unparseFetchUsingLimit(writer, offset, fetch);
  }

  @Override
  public void unparseCall(SqlWriter writer, SqlCall call, int left, int right) {
    switch (call.getKind()) {
      case IGNORE_NULLS, RESPECT_NULLS ->
          function(writer, call.operand(0), null, call.getOperator().getName());
      case WITHIN_GROUP -> withinGroup(writer, call, left, right);
      default -> {
        if (call.getOperator().getName().equalsIgnoreCase("JSON_VALUE")) {
          jsonValue(writer, call);
        } else if (isPlainFunction(call)) {
          function(writer, call, null, null);
        } else {
          super.unparseCall(writer, call, left, right);
        }
      }
    }
  }

  private static boolean isPlainFunction(SqlCall call) {
    String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
    return call.getOperator() instanceof SqlFunction function
        && function.getSyntax() == SqlSyntax.FUNCTION
        && (function.getFunctionType() == SqlFunctionCategory.USER_DEFINED_FUNCTION
            || RENAMED.containsKey(name));
  }

  private void withinGroup(SqlWriter writer, SqlCall call, int left, int right) {
    SqlCall aggregate = call.operand(0);
    if (ORDERED.contains(aggregate.getOperator().getName().toLowerCase(Locale.ROOT))) {
      function(writer, aggregate, call.operand(1), null);
    } else {
      super.unparseCall(writer, call, left, right);
    }
  }

  /** DuckDB has the order of an aggregate, and the treatment of nulls, inside the parentheses. */
  private static void function(
      SqlWriter writer, SqlCall call, @Nullable SqlNodeList order, @Nullable String nulls) {
    String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
    writer.print(RENAMED.getOrDefault(name, name));
    SqlWriter.Frame frame = writer.startList(SqlWriter.FrameTypeEnum.FUN_CALL, "(", ")");
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

  private static void jsonValue(SqlWriter writer, SqlCall call) {
    writer.print("json_extract_string");
    SqlWriter.Frame frame = writer.startList(SqlWriter.FrameTypeEnum.FUN_CALL, "(", ")");
    call.operand(0).unparse(writer, 0, 0);
    writer.sep(",", true);
    SqlNode path = call.operand(1);
    if (path instanceof SqlCharStringLiteral literal) {
      String text = literal.getValueAs(String.class);
      SqlLiteral.createCharString(
              text.replaceFirst("^(?i:lax|strict)\\s+", ""), path.getParserPosition())
          .unparse(writer, 0, 0);
    } else {
      path.unparse(writer, 0, 0);
    }
    writer.endList(frame);
  }
}
