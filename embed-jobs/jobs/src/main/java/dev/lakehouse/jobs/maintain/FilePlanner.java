package dev.lakehouse.jobs.maintain;

import dev.lakehouse.schemas.config.MaintainConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.StructLikeMap;

/**
 * Finds the files of a table that are better rewritten. What it keeps in memory is bounded: of a
 * table with more such files some are planned, and the rest when those are done.
 */
final class FilePlanner {
  private static final int MOST_FILES = 20_000;
  private static final long MOST_REACHES = 1_000_000;
  private static final int MOST_OF_A_GROUP = 1_000;

  /** Sorted files are read side by side. */
  private static final int MOST_AT_ONCE = 64;

  /** Keys of equality deletes that are kept in memory to be applied. */
  static final long MOST_KEYS = 200_000;

  private final MaintainConfig config;
  private final long mostKeys;

  /**
   * @param mostKeys keys of equality deletes that a group is to be kept to, {@link #MOST_KEYS}
   */
  FilePlanner(MaintainConfig config, long mostKeys) {
    this.config = config;
    this.mostKeys = mostKeys;
  }

  /**
   * What is to be done about a table.
   *
   * @param groups none if nothing is
   * @param smallFiles files that could be merged with another
   */
  record Plan(List<FileGroup> groups, int smallFiles) {
    static final Plan NOTHING = new Plan(List.of(), 0);
  }

  /**
   * What of a table is looked at.
   *
   * @param thorough every small file; else those with others of their size, so that a row is
   *     rewritten a few times in its life and not with each merge
   * @param deletes files are rewritten for their deletes alone; those of a file that is merged are
   *     applied in any case
   * @param upTo files and deletes of this sequence number and before, so that it comes to an end
   *     while the table is fed
   * @param spare whether the newest file of each group is left out, so that its presence keeps the
   *     deletes that come after ({@link Rewrites})
   */
  record Scope(boolean thorough, boolean deletes, long upTo, boolean spare) {
    Scope sparing(boolean newest) {
      return new Scope(thorough, deletes, upTo, newest);
    }

    private boolean reaches(DeleteFile delete) {
      return delete.content() == FileContent.POSITION_DELETES || sequence(delete) <= upTo;
    }

    private boolean hasDeletes(FileScanTask task) {
      return deletes && task.deletes().stream().anyMatch(this::reaches);
    }
  }

  /** Plans the newest snapshot. */
  Plan plan(Table table, Scope scope) throws IOException {
    Snapshot snapshot = table.currentSnapshot();
    if (snapshot == null) {
      return Plan.NOTHING;
    }
    List<FileGroup> groups = new ArrayList<>();
    int small = 0;
    for (List<FileScanTask> partition : candidates(table, snapshot, scope)) {
      List<FileScanTask> chosen =
          scope.thorough || scope.deletes ? partition : ofTheirSize(partition);
      small += Math.max(0, (int) chosen.stream().filter(this::isSmall).count() - 1);
      for (List<FileScanTask> pack : packs(table, chosen)) {
        FileGroup group = group(snapshot, pack, scope);
        if (group.isWorthwhile()) {
          groups.add(group);
        }
      }
    }
    return new Plan(groups, small);
  }

  private List<List<FileScanTask>> candidates(Table table, Snapshot snapshot, Scope scope)
      throws IOException {
    Map<Integer, StructLikeMap<List<FileScanTask>>> partitions = new HashMap<>();
    int files = 0;
    long reaches = 0;
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
      for (FileScanTask task : tasks) {
        if (sequence(task.file()) <= scope.upTo
            && (isSmall(task) || scope.hasDeletes(task))
            && isReadable(task)) {
          partitions
              .computeIfAbsent(
                  task.file().specId(), id -> StructLikeMap.create(task.spec().partitionType()))
              .computeIfAbsent(task.file().partition(), partition -> new ArrayList<>())
              .add(task);
          files++;
          reaches += task.deletes().size();
        }
        if (files >= MOST_FILES || reaches >= MOST_REACHES) {
          break;
        }
      }
    }
    return partitions.values().stream().flatMap(some -> some.values().stream()).toList();
  }

  private boolean isSmall(FileScanTask task) {
    return task.file().fileSizeInBytes() < config.smallFileBytes();
  }

  /** What another writer made of another format is left as it is. */
  private static boolean isReadable(FileScanTask task) {
    return task.file().format() == FileFormat.PARQUET
        && task.deletes().stream().allMatch(delete -> delete.format() == FileFormat.PARQUET);
  }

  /** Without the largest, as long as it is larger than all the others together. */
  private static List<FileScanTask> ofTheirSize(List<FileScanTask> files) {
    List<FileScanTask> sorted = new ArrayList<>(files);
    sorted.sort(Comparator.comparingLong(task -> task.file().fileSizeInBytes()));
    long sum = sorted.stream().mapToLong(task -> task.file().fileSizeInBytes()).sum();
    while (!sorted.isEmpty()) {
      long largest = sorted.get(sorted.size() - 1).file().fileSizeInBytes();
      if (largest <= sum - largest) {
        break;
      }
      sum -= largest;
      sorted.remove(sorted.size() - 1);
    }
    return sorted;
  }

  /** In the order of their commits, each pack of about the target's size. */
  private List<List<FileScanTask>> packs(Table table, List<FileScanTask> files) {
    List<FileScanTask> sorted = new ArrayList<>(files);
    sorted.sort(
        Comparator.comparingLong((FileScanTask task) -> sequence(task.file()))
            .thenComparing(task -> task.file().location()));
    int most = table.sortOrder().isSorted() ? MOST_AT_ONCE : MOST_OF_A_GROUP;
    List<List<FileScanTask>> packs = new ArrayList<>();
    List<FileScanTask> pack = new ArrayList<>();
    long bytes = 0;
    for (FileScanTask task : sorted) {
      long size = task.file().fileSizeInBytes();
      if (!pack.isEmpty() && (bytes + size > config.targetFileBytes() || pack.size() == most)) {
        packs.add(pack);
        pack = new ArrayList<>();
        bytes = 0;
      }
      pack.add(task);
      bytes += size;
    }
    if (!pack.isEmpty()) {
      packs.add(pack);
    }
    return packs;
  }

  /**
   * The group of as many files as its deletes allow: with more keys than are kept in memory, the
   * first deletes are applied to the files that are older than the last of them.
   */
  private FileGroup group(Snapshot snapshot, List<FileScanTask> files, Scope scope) {
    List<DeleteFile> byKey = keyDeletes(files, scope);
    long upTo = scope.upTo;
    long keys = 0;
    for (int i = 0; i + 1 < byKey.size(); i++) {
      keys += byKey.get(i).recordCount();
      long sequence = sequence(byKey.get(i));
      if (keys > mostKeys && sequence < sequence(byKey.get(i + 1))) {
        upTo = sequence;
        break;
      }
    }
    long last = upTo;
    List<FileScanTask> chosen =
        files.stream().filter(task -> sequence(task.file()) <= last).toList();
    return new FileGroup(
        snapshot.snapshotId(),
        last,
        files.get(0).spec(),
        files.get(0).file().partition(),
        scope.spare ? chosen.subList(0, chosen.size() - 1) : chosen,
        byKey.stream().filter(delete -> sequence(delete) <= last).toList());
  }

  /** The equality deletes that reach any of the files, in the order of their commits. */
  private static List<DeleteFile> keyDeletes(List<FileScanTask> files, Scope scope) {
    Set<String> seen = new HashSet<>();
    List<DeleteFile> found = new ArrayList<>();
    for (FileScanTask task : files) {
      for (DeleteFile delete : task.deletes()) {
        if (delete.content() == FileContent.EQUALITY_DELETES
            && scope.reaches(delete)
            && seen.add(delete.location())) {
          found.add(delete);
        }
      }
    }
    found.sort(Comparator.comparingLong(delete -> sequence(delete)));
    return found;
  }

  static long sequence(DataFile file) {
    Long sequence = file.dataSequenceNumber();
    return sequence == null ? 0 : sequence;
  }

  static long sequence(DeleteFile file) {
    Long sequence = file.dataSequenceNumber();
    return sequence == null ? 0 : sequence;
  }
}
