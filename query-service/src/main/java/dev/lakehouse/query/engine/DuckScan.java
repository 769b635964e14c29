package dev.lakehouse.query.engine;

import dev.lakehouse.query.table.TableSnapshot;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A view of the engine over one snapshot of a dataset; made, counted and dropped by {@link
 * DuckScans}.
 *
 * @param view name of the view without metadata columns; the other has {@link #ALL} behind it
 * @param asWritten whether the files' columns can be read by name, which the engine plans better
 *     than by field id: it knows their number of rows and, of a single file, their values' range
 */
record DuckScan(
    TableSnapshot snapshot, String view, List<String> metadataColumns, boolean asWritten) {
  static final String SCHEMA = "scan";
  static final String ALL = "#all";

  SqlIdentifier name(boolean withMetadata) {
    return new SqlIdentifier(List.of(SCHEMA, withMetadata ? view + ALL : view), SqlParserPos.ZERO);
  }
}
