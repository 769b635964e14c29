package dev.lakehouse.query.table;

import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.OffsetVector;
import java.util.List;
import org.apache.iceberg.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as it stood at one commit.
 *
 * @param location of the table's metadata file: the same location is the same state
 * @param snapshotId null while the table has none
 * @param offsets how far the table has read its topic
 * @param files paths of the data files that hold its rows
 * @param deletes what is taken out of them
 */
public record TableSnapshot(
    DatasetName dataset,
    String location,
    @Nullable Long snapshotId,
    OffsetVector offsets,
    Schema schema,
    List<String> files,
    FileDeletes deletes) {
  /** The columns' own names, in table order, metadata columns included. */
  public List<String> columnNames() {
    return schema.columns().stream().map(column -> column.name()).toList();
  }
}
