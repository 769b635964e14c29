package dev.lakehouse.jobs.maintain;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DeleteSchemaUtil;

/** The rows of a group's files that position deletes took out: a bit each. For one thread. */
final class DeletedPositions {
  private static final BitSet NONE = new BitSet();

  private final Map<String, BitSet> byFile;

  private DeletedPositions(Map<String, BitSet> byFile) {
    this.byFile = byFile;
  }

  /** Reads each file of deletes once. */
  static DeletedPositions read(Table table, List<FileScanTask> files) throws IOException {
    Map<String, BitSet> byFile = new HashMap<>();
    files.forEach(task -> byFile.put(task.file().location(), new BitSet()));
    Set<String> seen = new HashSet<>();
    for (FileScanTask task : files) {
      for (DeleteFile delete : task.deletes()) {
        if (delete.content() == FileContent.POSITION_DELETES && seen.add(delete.location())) {
          read(table, delete, byFile);
        }
      }
    }
    return new DeletedPositions(byFile);
  }

  private static void read(Table table, DeleteFile delete, Map<String, BitSet> byFile)
      throws IOException {
    try (CloseableIterable<StructLike> rows =
        RowFiles.read(table, delete, DeleteSchemaUtil.pathPosSchema(), Map.of())) {
      for (StructLike row : rows) {
        BitSet positions = byFile.get(row.get(0, CharSequence.class).toString());
        if (positions != null) {
          positions.set(Math.toIntExact(row.get(1, Long.class)));
        }
      }
    }
  }

  /** The deleted rows of a file, by their place in it. */
  BitSet of(FileScanTask task) {
    return byFile.getOrDefault(task.file().location(), NONE);
  }
}
