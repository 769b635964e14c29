package dev.lakehouse.query.table;

import dev.lakehouse.schemas.name.DatasetName;
import dev.lakehouse.schemas.table.OffsetVector;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as it stood at one commit.
 *
 * @param incarnation identity of the table: another one of its name has another
 * @param location of the table's metadata file, and the snapshot if it is an older one: the same
 *     location is the same state
 * @param snapshotId null while the table has none
 * @param offsets how far the table had read its topic
 * @param files paths of the data files that hold its rows
 * @param skipped number of files that were left out, for they hold no row that is asked for
 * @param deletes what is taken out of them
 * @param metrics of all its files
 */
public record TableSnapshot(
    DatasetName dataset,
    String incarnation,
    String location,
    @Nullable Long snapshotId,
    OffsetVector offsets,
    Schema schema,
    List<String> files,
    int skipped,
    FileDeletes deletes,
    FileMetrics metrics) {
  /** The columns' own names, in table order, metadata columns included. */
  public List<String> columnNames() {
    return schema.columns().stream().map(column -> column.name()).toList();
  }

  /** Whether it is the same rows under the same columns, whichever files of them are left out. */
  public boolean isStateOf(TableSnapshot other) {
    return incarnation.equals(other.incarnation)
        && Objects.equals(snapshotId, other.snapshotId)
        && (schema == other.schema || schema.sameSchema(other.schema));
  }

  /**
   * The same with some of its files.
   *
   * @param some paths of files that it has, which the result has in this order
   */
  public TableSnapshot only(List<String> some) {
    return new TableSnapshot(
        dataset,
        incarnation,
        location,
        snapshotId,
        offsets,
        schema,
        some,
        skipped + files.size() - some.size(),
        deletes.in(Set.copyOf(some)),
        metrics);
  }

  /** The same without the files that hold no such row; the rows that are left may be others too. */
  public TableSnapshot reduced(Expression rows) {
    Set<String> may = metrics.mayHold(rows);
    List<String> left = files.stream().filter(may::contains).toList();
    return left.size() == files.size() ? this : only(left);
  }
}
