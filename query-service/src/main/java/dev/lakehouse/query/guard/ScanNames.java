package dev.lakehouse.query.guard;

import java.util.List;
import org.apache.calcite.sql.SqlWriter;

/**
 * What an engine's dialect knows of the datasets of one query. A dialect that implements this may
 * unparse a {@link GuardedQuery}.
 */
public interface ScanNames {
  /**
   * Writes what the engine reads a table of the query from.
   *
   * @param use its place among the query's tables
   * @param withMetadata whether the query names metadata columns; if not, the scan must not have
   *     them
   */
  void scan(SqlWriter writer, int use, boolean withMetadata);

  /** The metadata columns that a table of the query has, as far as they are seen. */
  List<String> metadataColumns(int use);
}
