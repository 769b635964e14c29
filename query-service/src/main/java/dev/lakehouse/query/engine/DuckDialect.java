package dev.lakehouse.query.engine;

import dev.lakehouse.query.guard.AtTimeZone;
import dev.lakehouse.query.guard.GuardedQuery;
import dev.lakehouse.query.guard.ScanNames;
import dev.lakehouse.query.guard.Seen;
import dev.lakehouse.schemas.table.MetadataColumns;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.DuckDBSqlDialect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** The dialect in DuckDB's words, with the scans of one query. */
final class DuckDialect extends DuckDBSqlDialect implements ScanNames {
  private static final Set<String> ORDERED = Set.of("listagg", "string_agg", "array_agg");

  private final List<DuckScan> scans;
  private final Dates dates;
  private final List<Seen> seen;
  private final boolean barrier;

  /**
   * @param scans of the query's tables, in their order
   */
  static DuckDialect of(EngineQuery query, List<DuckScan> scans) {
    return new DuckDialect(scans, Dates.of(query), query.seen(), query.barrier());
  }

  private DuckDialect(List<DuckScan> scans, Dates dates, List<Seen> seen, boolean barrier) {
    super(DuckDBSqlDialect.DEFAULT_CONTEXT);
    this.scans = scans;
    this.dates = dates;
    this.seen = seen;
    this.barrier = barrier;
  }

  /** What is seen of a table is written by itself, so that nothing outside changes its meaning. */
  @Override
  public void scan(SqlWriter writer, int use, boolean withMetadata) {
    DuckScan scan = scans.get(use);
    if (seen.get(use) instanceof Seen.Part part) {
      List<Seen.Item> selected =
          part.items().stream()
              .filter(item -> withMetadata || !MetadataColumns.contains(item.field().name()))
              .toList();
      SqlSelect inner =
          part.over(scan.name(withMetadata), selected, barrier && part.rows() != null);
      Dates own =
          new Dates(
              part.rows() == null ? Seen.Part.table() : part.rows(),
              scan.snapshot().schema().columns());
      DuckDialect dialect = new DuckDialect(List.of(), own, List.of(), false);
      writer.print("(" + GuardedQuery.written(inner, dialect) + ")");
    } else {
      scan.name(withMetadata).unparse(writer, 0, 0);
    }
  }

  @Override
  public List<String> metadataColumns(int use) {
    List<String> columns = scans.get(use).metadataColumns();
    return seen.get(use) instanceof Seen.Part part
        ? part.items().stream().map(item -> item.field().name()).filter(columns::contains).toList()
        : columns;
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
    String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
    boolean movedDate =
        (call.getKind() == SqlKind.PLUS || call.getKind() == SqlKind.MINUS)
            ? dates.isMovedDate(call)
            : dates.isMovedByFunction(name, call);
    if (movedDate) {
      SqlWriter.Frame cast = DuckFunctions.open(writer, "CAST");
      unparsePlain(writer, name, call, 0, 0);
      writer.print("AS DATE");
      writer.endList(cast);
    } else {
      unparsePlain(writer, name, call, left, right);
    }
  }

  private void unparsePlain(SqlWriter writer, String name, SqlCall call, int left, int right) {
    AtTimeZone zoned = AtTimeZone.of(call);
    if (zoned != null) {
      atTimeZone(writer, zoned);
      return;
    }
    switch (call.getKind()) {
      case IGNORE_NULLS, RESPECT_NULLS ->
          DuckFunctions.call(writer, call.operand(0), null, call.getOperator().getName());
      case WITHIN_GROUP -> withinGroup(writer, call, left, right);
      case EXTRACT -> extract(writer, call, left, right);
      default -> {
        if (DuckFunctions.special(writer, name, call)) {
          return;
        }
        if (isPlainFunction(name, call)) {
          DuckFunctions.call(writer, call, null, null);
        } else {
          super.unparseCall(writer, call, left, right);
        }
      }
    }
  }

  /** A moment without a zone becomes one in the session's; DuckDB alone would take it as local. */
  private static void atTimeZone(SqlWriter writer, AtTimeZone zoned) {
    SqlWriter.Frame whole = writer.startList("(", ")");
    SqlWriter.Frame cast = DuckFunctions.open(writer, "CAST");
    zoned.moment().unparse(writer, 0, 0);
    writer.print("AS TIMESTAMP WITH TIME ZONE");
    writer.endList(cast);
    writer.print("AT TIME ZONE");
    zoned.zone().unparse(writer, 100, 100);
    writer.endList(whole);
  }

  /** The day of the week counts from Monday, 1, to Sunday, 7. */
  private void extract(SqlWriter writer, SqlCall call, int left, int right) {
    if (call.operand(0) instanceof SqlIntervalQualifier part
        && part.timeUnitRange.startUnit == TimeUnit.DOW) {
      SqlWriter.Frame frame = DuckFunctions.open(writer, "isodow");
      call.operand(1).unparse(writer, 0, 0);
      writer.endList(frame);
    } else {
      super.unparseCall(writer, call, left, right);
    }
  }

  private static boolean isPlainFunction(String name, SqlCall call) {
    return call.getOperator() instanceof SqlFunction function
        && function.getSyntax() == SqlSyntax.FUNCTION
        && (function.getFunctionType() == SqlFunctionCategory.USER_DEFINED_FUNCTION
            || DuckFunctions.isRenamed(name));
  }

  private void withinGroup(SqlWriter writer, SqlCall call, int left, int right) {
    SqlCall aggregate = call.operand(0);
    if (ORDERED.contains(aggregate.getOperator().getName().toLowerCase(Locale.ROOT))) {
      DuckFunctions.call(writer, aggregate, call.operand(1), null);
    } else if (aggregate.getOperator().getName().equalsIgnoreCase("percentile_cont")) {
      SqlNodeList order = call.operand(1);
      SqlNodeList doubles = new SqlNodeList(order.getParserPosition());
      order.forEach(item -> doubles.add(Doubles.of(item)));
      super.unparseCall(
          writer,
          SqlStdOperatorTable.WITHIN_GROUP.createCall(call.getParserPosition(), aggregate, doubles),
          left,
          right);
    } else {
      super.unparseCall(writer, call, left, right);
    }
  }
}
