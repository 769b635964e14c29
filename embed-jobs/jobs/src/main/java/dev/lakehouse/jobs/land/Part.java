package dev.lakehouse.jobs.land;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;

/**
 * Files of a batch that become one snapshot. The deletes reach the rows of earlier snapshots and
 * none of their own part.
 *
 * @param rows data files
 * @param deletes equality deletes on the table's key columns; none in an append-only dataset
 */
public record Part(List<DataFile> rows, List<DeleteFile> deletes) implements Serializable {
  public Part {
    rows = List.copyOf(rows);
    deletes = List.copyOf(deletes);
  }

  boolean isEmpty() {
    return rows.isEmpty() && deletes.isEmpty();
  }

  /** Where the files are. */
  Stream<String> locations() {
    return Stream.<ContentFile<?>>concat(rows.stream(), deletes.stream())
        .map(ContentFile::location);
  }
}
