package dev.lakehouse.query.guard;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlWriterConfig;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.pretty.SqlPrettyWriter;

/**
 * One query that passed the guard: a tree of allowed shapes only, over datasets only.
 *
 * @param tables the datasets it reads, one for each time that it names one in FROM
 * @param conditions what rows of its tables must fulfil to count
 * @param columns every name used as a column, with its place
 * @param parameters number of {@code ?}
 * @param metadata whether it names a metadata column
 */
public record GuardedQuery(
    SqlNode tree,
    List<TableUse> tables,
    List<Condition> conditions,
    List<Named> columns,
    int parameters,
    boolean metadata) {

  /** A name and where it stands in the query, from 1. */
  public record Named(String name, int line, int column) {
    static Named of(String name, SqlParserPos position) {
      return new Named(name, position.getLineNum(), position.getColumnNum());
    }

    static Named last(SqlIdentifier identifier) {
      int last = identifier.names.size() - 1;
      return of(identifier.names.get(last), identifier.getComponentParserPosition(last));
    }
  }

  /** Where a column of this name is first used, if the query uses one. */
  public Optional<Named> column(String name) {
    return columns.stream()
        .filter(used -> used.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /**
   * The query in an engine's words.
   *
   * @param dialect of the engine, and a {@link ScanNames}
   * @param limit most rows that are asked for
   */
  public <D extends SqlDialect & ScanNames> String text(D dialect, long limit) {
    return written(limited(limit), dialect);
  }

  /** A tree in an engine's words. */
  public static String written(SqlNode tree, SqlDialect dialect) {
    SqlWriterConfig config =
        SqlPrettyWriter.config()
            .withDialect(dialect)
            .withQuoteAllIdentifiers(true)
            .withIndentation(0)
            .withClauseStartsLine(false)
            .withLineFolding(SqlWriterConfig.LineFolding.WIDE);
    return new SqlPrettyWriter(config).format(tree);
  }

  private SqlNode limited(long limit) {
    SqlNode most = SqlLiteral.createExactNumeric(Long.toString(limit), SqlParserPos.ZERO);
    if (!(tree instanceof SqlOrderBy order)) {
      return new SqlOrderBy(SqlParserPos.ZERO, tree, SqlNodeList.EMPTY, null, most);
    }
    if (order.fetch instanceof SqlNumericLiteral own
        && own.bigDecimalValue().compareTo(BigDecimal.valueOf(limit)) <= 0) {
      return tree;
    }
    if (order.fetch instanceof SqlDynamicParam asked) {
      most = SqlLibraryOperators.LEAST.createCall(SqlParserPos.ZERO, asked, most);
    }
    return new SqlOrderBy(
        order.getParserPosition(), order.query, order.orderList, order.offset, most);
  }
}
