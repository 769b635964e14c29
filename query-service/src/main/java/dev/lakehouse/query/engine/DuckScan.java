package dev.lakehouse.query.engine;

import dev.lakehouse.query.table.TableSnapshot;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A view of the engine over one snapshot of a dataset; made, counted and dropped by {@link
 * DuckScans}.
 *
 * @param view name of the view without metadata columns; the other has {@link #ALL} behind it
 * @param alike the data files by how their columns are read by name, which the engine plans better
 *     than by field id, for then it knows how many rows there are; none if that cannot be
 * @param segments the snapshot's rows in memory, read in place of its files; none if they are not
 *     there
 */
record DuckScan(
    TableSnapshot snapshot,
    String view,
    List<String> metadataColumns,
    List<Alike> alike,
    List<DuckSegment> segments) {
  /**
   * Data files that hold a table's columns alike.
   *
   * @param columns an expression over the file's own columns for each field id
   */
  record Alike(List<String> files, Map<Integer, String> columns) {}

  static final String SCHEMA = "scan";
  static final String ALL = "#all";

  SqlIdentifier name(boolean withMetadata) {
    return new SqlIdentifier(List.of(SCHEMA, withMetadata ? view + ALL : view), SqlParserPos.ZERO);
  }
}
