package dev.lakehouse.query.sql;

import dev.lakehouse.query.guard.TableUse;
import dev.lakehouse.query.table.AsOf;
import dev.lakehouse.schemas.http.Problem;
import dev.lakehouse.schemas.http.ProblemException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states of the past that a request asks for; the SQL's own say goes before.
 *
 * @param all of every table, or null
 * @param byTable of some tables, by lower-case name
 */
record Past(@Nullable AsOf all, Map<String, AsOf> byTable) {
  static final Past NONE = new Past(null, Map.of());

  /**
   * Checks that what is said can be meant.
   *
   * @throws ProblemException {@code bad_request} if one snapshot id is to hold for several
   *     datasets, or a table is named that the query does not read
   */
  void check(List<TableUse> tables) {
    List<String> names = tables.stream().map(use -> use.dataset().value()).distinct().toList();
    if (all instanceof AsOf.Version && names.size() > 1) {
      throw bad("the member 'snapshot' is one id, and the query reads " + String.join(", ", names));
    }
    for (String table : byTable.keySet()) {
      String bare = table.startsWith("lake.") ? table.substring("lake.".length()) : table;
      if (!names.contains(bare)) {
        throw bad("the member 'snapshot' names '" + table + "', which the query does not read");
      }
    }
  }

  /** The state that is meant of a table. */
  AsOf of(TableUse use) {
    if (!(use.asOf() instanceof AsOf.Now)) {
      return use.asOf();
    }
    String name = use.dataset().value();
    AsOf own = byTable.getOrDefault(name, byTable.get("lake." + name));
    AsOf asked = own == null ? all : own;
    return asked == null ? use.asOf() : asked;
  }

  private static ProblemException bad(String detail) {
    return Problem.of(400, "bad_request", "The request is not right", detail)
        .with("member", "snapshot")
        .hint("{\"snapshot\": {\"table\": id or time}} says it table by table")
        .toException();
  }
}
