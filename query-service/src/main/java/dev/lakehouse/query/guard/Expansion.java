package dev.lakehouse.query.guard;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/**
 * How large a query is once each name of a WITH is written out where it stands. Engines may do so
 * while they plan, when neither their bound of memory nor a timeout holds, and a few lines that use
 * each name twice would double it with every line.
 */
final class Expansion {
  private static final long MOST = 1_000;

  private Expansion() {}

  /**
   * Checks a query that is allowed otherwise.
   *
   * @throws dev.lakehouse.schemas.http.ProblemException {@code sql_not_allowed} if it reads tables
   *     more than 1,000 times
   */
  static void check(SqlNode query) {
    if (tables(query, Map.of()) > MOST) {
      throw Refusals.notAllowed(
          "reading tables more than " + MOST + " times, the names of WITH written out,", query);
    }
  }

  /**
   * How often tables are read in a part of a query.
   *
   * @param named how often they are in what each name of a WITH stands for
   */
  private static long tables(@Nullable SqlNode node, Map<String, Long> named) {
    if (node instanceof SqlNodeList list) {
      return sum(list, named);
    }
    if (node instanceof SqlOrderBy order && order.query instanceof SqlWith with) {
      Map<String, Long> inner = inner(with, named);
      return bounded(tables(with.body, inner) + sum(order.getOperandList().subList(1, 2), inner));
    }
    if (node instanceof SqlWith with) {
      return tables(with.body, inner(with, named));
    }
    if (node instanceof SqlSelect select) {
      long all = from(select.getFrom(), named);
      for (SqlNode part : select.getOperandList()) {
        all = part == select.getFrom() ? all : bounded(all + tables(part, named));
      }
      return all;
    }
    return node instanceof SqlCall call ? sum(call.getOperandList(), named) : 0;
  }

  private static long sum(Iterable<? extends @Nullable SqlNode> nodes, Map<String, Long> named) {
    long all = 0;
    for (SqlNode each : nodes) {
      all = bounded(all + tables(each, named));
    }
    return all;
  }

  private static Map<String, Long> inner(SqlWith with, Map<String, Long> named) {
    Map<String, Long> inner = new HashMap<>(named);
    for (SqlNode each : with.withList) {
      SqlWithItem item = (SqlWithItem) each;
      String name = item.name.getSimple().toLowerCase(Locale.ROOT);
      Map<String, Long> own = new HashMap<>(inner);
      if (item.recursive.booleanValue()) {
        own.put(name, 1L);
      }
      inner.put(name, Math.max(1, tables(item.query, own)));
    }
    return inner;
  }

  private static long from(@Nullable SqlNode node, Map<String, Long> named) {
    if (node instanceof DatasetRef) {
      return 1;
    }
    if (node instanceof SqlIdentifier name) {
      return name.isSimple()
          ? named.getOrDefault(name.getSimple().toLowerCase(Locale.ROOT), 1L)
          : 1;
    }
    if (node instanceof SqlJoin join) {
      return bounded(
          from(join.getLeft(), named)
              + from(join.getRight(), named)
              + tables(join.getCondition(), named));
    }
    if (node instanceof SqlCall call
        && (call.getKind() == SqlKind.AS || call.getKind() == SqlKind.LATERAL)) {
      return from(call.operand(0), named);
    }
    return tables(node, named);
  }

  /** No sum is ever so large that it begins anew. */
  private static long bounded(long sum) {
    return Math.min(sum, MOST + 1);
  }
}
