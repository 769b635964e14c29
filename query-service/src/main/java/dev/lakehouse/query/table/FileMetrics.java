package dev.lakehouse.query.table;

import java.util.Set;
import org.apache.iceberg.expressions.Expression;

/** What Iceberg knows of the values in the data files of one snapshot. */
@FunctionalInterface
public interface FileMetrics {
  /**
   * The paths of the files that may hold rows for which the expression is true.
   *
   * @param rows over columns by their own names
   */
  Set<String> mayHold(Expression rows);
}
