package dev.lakehouse.query.guard;

import dev.lakehouse.schemas.name.DatasetName;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;

/**
 * What an engine's dialect knows of the datasets of one query. A dialect that implements this may
 * unparse a {@link GuardedQuery}.
 */
public interface ScanNames {
  /**
   * What the engine reads the dataset from.
   *
   * @param withMetadata whether the query names metadata columns; if not, the scan must not have
   *     them
   */
  SqlIdentifier scan(DatasetName dataset, boolean withMetadata);

  /** The metadata columns that the dataset has. */
  List<String> metadataColumns(DatasetName dataset);
}
