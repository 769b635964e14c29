package dev.lakehouse.query.guard;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** What a query sees of one of its tables. Everything in the query is about this and no more. */
public sealed interface Seen {
  /** The table as it is. */
  Seen WHOLE = new Whole();

  /** The table as it is. */
  record Whole() implements Seen {}

  /**
   * A column of what is seen.
   *
   * @param field its name, and the type of what is seen
   * @param value an expression over the table's own columns, as {@link Part#column} names them
   * @param mask what kind of mask is over it; null where the values are the table's own
   */
  record Item(NestedField field, SqlNode value, @Nullable String mask) {
    /** Whether the values are the table's own. */
    public boolean isPlain() {
      return mask == null;
    }
  }

  /**
   * Some columns, or some rows, or masks in place of values.
   *
   * @param items in the table's order; metadata columns among them are in reach only where the
   *     query names one
   * @param rows which rows are there, over the table's own columns; null for all
   */
  record Part(List<Item> items, @Nullable SqlNode rows) implements Seen {
    private static final String TABLE = "governed";

    /** As many rows as there can be: no engine looks through it from outside. */
    private static final String ALL = Long.toString(Long.MAX_VALUE);

    /** A column of the table itself, for {@link Item#value} and {@link #rows}. */
    public static SqlIdentifier column(List<String> path) {
      return new SqlIdentifier(
          java.util.stream.Stream.concat(java.util.stream.Stream.of(TABLE), path.stream()).toList(),
          SqlParserPos.ZERO);
    }

    /** What the table itself is called in there. */
    public static SqlIdentifier table() {
      return new SqlIdentifier(TABLE, SqlParserPos.ZERO);
    }

    /**
     * The query that yields what is seen.
     *
     * @param source the table itself, with its metadata columns if they are in reach
     * @param barrier whether nothing from outside may be computed of rows that are not seen
     */
    public SqlSelect over(SqlNode source, List<Item> selected, boolean barrier) {
      SqlNodeList list = new SqlNodeList(SqlParserPos.ZERO);
      for (Item item : selected) {
        list.add(
            SqlStdOperatorTable.AS.createCall(
                SqlParserPos.ZERO,
                item.value(),
                new SqlIdentifier(item.field().name(), SqlParserPos.ZERO)));
      }
      return new SqlSelect(
          SqlParserPos.ZERO,
          null,
          list,
          SqlStdOperatorTable.AS.createCall(SqlParserPos.ZERO, source, table()),
          rows,
          null,
          null,
          null,
          null,
          null,
          null,
          barrier ? SqlLiteral.createExactNumeric(ALL, SqlParserPos.ZERO) : null,
          null);
    }
  }
}
