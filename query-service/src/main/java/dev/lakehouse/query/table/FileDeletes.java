package dev.lakehouse.query.table;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The rows that a snapshot's delete files take out of its data files. A position delete holds for
 * data files that are as old as it or older, an equality delete for older ones alone; age is the
 * data sequence number.
 *
 * @param files the data files that may hold such rows; no other file does
 * @param fields the columns that equality deletes compare, by id, also such as the table has no
 *     more
 */
public record FileDeletes(
    List<DataRows> files,
    List<PositionDeletes> positions,
    List<EqualityDeletes> equalities,
    Map<Integer, NestedField> fields) {
  public static final FileDeletes NONE = new FileDeletes(List.of(), List.of(), List.of(), Map.of());

  /** The partition of equality deletes that hold in all. */
  public static final int EVERY_PARTITION = -1;

  /**
   * A data file.
   *
   * @param location as position deletes name it
   * @param partition number of its partition, the same for files of the same one
   */
  public record DataRows(String path, String location, long sequence, int partition) {}

  /** A file that names rows by data file and position. */
  public record PositionDeletes(String path, long sequence) {}

  /**
   * A file that names rows by the values of some columns.
   *
   * @param partition of the rows, or {@link #EVERY_PARTITION}
   * @param fieldIds the columns, in order
   */
  public record EqualityDeletes(
      String path, long sequence, int partition, List<Integer> fieldIds) {}

  /** The same for some of the data files. */
  FileDeletes in(Set<String> paths) {
    List<DataRows> left = files.stream().filter(file -> paths.contains(file.path())).toList();
    return left.isEmpty() ? NONE : new FileDeletes(left, positions, equalities, fields);
  }

  public boolean isNone() {
    return files.isEmpty();
  }
}
